# Where things go. A plain install follows the system's layout; a wheel keeps everything inside the
# Python package, so that one `pip install` also serves C++ programs (`monnto info --cmake-dir`).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(SKBUILD)
    set(MONNTO_INSTALL_LIBRARY monnto/lib)
    set(MONNTO_INSTALL_INCLUDE monnto/include)
    set(MONNTO_INSTALL_CMAKE monnto/cmake)
else()
    set(MONNTO_INSTALL_LIBRARY ${CMAKE_INSTALL_LIBDIR})
    set(MONNTO_INSTALL_INCLUDE ${CMAKE_INSTALL_INCLUDEDIR})
    set(MONNTO_INSTALL_CMAKE ${CMAKE_INSTALL_LIBDIR}/cmake/monnto)
endif()

# Installs the library, its public headers and a package for find_package(monnto).
function(monnto_install)
    install(TARGETS monnto monnto_settings EXPORT monnto_targets COMPONENT monnto
        LIBRARY DESTINATION ${MONNTO_INSTALL_LIBRARY} COMPONENT monnto
        FILE_SET HEADERS DESTINATION ${MONNTO_INSTALL_INCLUDE} COMPONENT monnto)
    install(EXPORT monnto_targets NAMESPACE monnto:: FILE monntoTargets.cmake
        DESTINATION ${MONNTO_INSTALL_CMAKE} COMPONENT monnto)
    configure_package_config_file(
        ${PROJECT_SOURCE_DIR}/cmake/monntoConfig.cmake.in ${PROJECT_BINARY_DIR}/monntoConfig.cmake
        INSTALL_DESTINATION ${MONNTO_INSTALL_CMAKE} NO_SET_AND_CHECK_MACRO)
    write_basic_package_version_file(
        ${PROJECT_BINARY_DIR}/monntoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
    install(FILES ${PROJECT_BINARY_DIR}/monntoConfig.cmake
                  ${PROJECT_BINARY_DIR}/monntoConfigVersion.cmake
        DESTINATION ${MONNTO_INSTALL_CMAKE} COMPONENT monnto)
endfunction()
