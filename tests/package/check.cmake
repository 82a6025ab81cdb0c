# Installs the build into an empty prefix, then builds and runs a stranger's project against it.
file(REMOVE_RECURSE ${work_dir})
function(must_succeed)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
    if(NOT code EQUAL 0)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "failed (${code}): ${command}\n${text}")
    endif()
    set(output "${text}" PARENT_SCOPE)
endfunction()

must_succeed(${CMAKE_COMMAND} --install ${build_dir} --component monnto --prefix ${work_dir}/prefix)
must_succeed(${CMAKE_COMMAND} -G Ninja -S ${source_dir} -B ${work_dir}/build
    -D CMAKE_PREFIX_PATH=${work_dir}/prefix -D CMAKE_CXX_COMPILER=${compiler}
    -D CMAKE_CXX_FLAGS=${flags})
must_succeed(${CMAKE_COMMAND} --build ${work_dir}/build)
must_succeed(${work_dir}/build/consumer)
if(NOT output STREQUAL "monnto ${expected_version} caught its own error\n")
    message(FATAL_ERROR "the consumer printed: ${output}")
endif()
