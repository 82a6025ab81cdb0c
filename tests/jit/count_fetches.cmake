# Fails where one of `objects` no longer asks for memory ahead, into the second cache: results would be
# the same, later. GCC once dropped calls of functions that did nothing else.
if(NOT objects)
    message(FATAL_ERROR "no objects to look at")
endif()
foreach(object ${objects})
    execute_process(COMMAND ${objdump} -d --no-show-raw-insn ${object}
        OUTPUT_VARIABLE code COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "prefetcht1" requests "${code}")
    list(LENGTH requests count)
    if(count EQUAL 0)
        message(FATAL_ERROR "${object} fetches nothing ahead: see 'Lots of synapses are fetched "
            "ahead' in docs/decisions.md")
    endif()
    message(STATUS "${count} in ${object}")
endforeach()
