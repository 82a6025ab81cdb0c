# Fails where an object of `objects` defines a weak function outside namespaces of its own target: the linker
# keeps one definition of each name, and might give that one to processors that cannot run it.
if(NOT objects)
    message(FATAL_ERROR "no objects to look at")
endif()
foreach(object ${objects})
    string(REGEX MATCH "avx[0-9]+" target ${object})
    execute_process(COMMAND ${nm} -C --defined-only ${object}
        OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[0-9a-f]+ W [^\n]*" weak "${symbols}")
    list(FILTER weak EXCLUDE REGEX "monnto::[a-z]+::${target}::")
    if(weak)
        list(JOIN weak "\n" lines)
        message(FATAL_ERROR "${object} defines what others may get:\n${lines}")
    endif()
endforeach()
