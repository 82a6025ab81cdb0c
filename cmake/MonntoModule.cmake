# monnto_module(<name> [SOURCES ...] [USES <modules it may include> ...])
#
# A module is a folder of src/ with its public headers in include/monnto/<name>; it becomes an object
# library, and all of them together become the one shared library `monnto` (Python extensions and
# plug-ins of users must share its registries, so it cannot be linked statically into each).
function(monnto_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_LIBRARIES" ${ARGN})
    add_library(monnto_${name} OBJECT ${ARG_SOURCES})
    set_target_properties(monnto_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(monnto_${name}
        PUBLIC monnto_settings
        PRIVATE $<BUILD_INTERFACE:monnto_warnings> ${ARG_PRIVATE_LIBRARIES})
    target_include_directories(monnto_${name} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
    foreach(used ${ARG_USES})
        target_link_libraries(monnto_${name} PUBLIC monnto_${used})
    endforeach()
    set_property(GLOBAL APPEND PROPERTY MONNTO_MODULES ${name})
endfunction()

# Joins every module declared so far into the shared library `monnto`.
function(monnto_join_modules)
    get_property(modules GLOBAL PROPERTY MONNTO_MODULES)
    add_library(monnto SHARED)
    add_library(monnto::monnto ALIAS monnto)
    foreach(module ${modules})
        target_sources(monnto PRIVATE $<TARGET_OBJECTS:monnto_${module}>)
    endforeach()
    # A header set, so that `all_verify_interface_header_sets` compiles each public header alone.
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/monnto/*.hpp)
    target_sources(monnto PUBLIC FILE_SET HEADERS
        BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
    target_link_libraries(monnto PUBLIC monnto_settings
        PRIVATE fmt::fmt Threads::Threads ZLIB::ZLIB)
    if(NOT SKBUILD)  # wheels cannot hold the symbolic links that versioned names need
        set_target_properties(monnto PROPERTIES
            VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
    endif()
endfunction()
