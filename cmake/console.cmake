# add_console(TARGET)
#
# Makes the console a part of the program: whenever one of its files changes, npm builds console/, and
# what comes out is embedded, compressed. Without EVERSEAL_CONSOLE nothing of Node.js is needed, and the
# program says that it has none.
set(EMBEDDED_CONSOLE ${CMAKE_BINARY_DIR}/console/embedded_console.cc)

# Made for the whole project, not for the program alone: so it begins at once, beside the compilers, and
# waits for no library of the program.
function(build_console)
  set(console ${CMAKE_SOURCE_DIR}/console)
  set(tools ${CMAKE_SOURCE_DIR}/tools)
  # Not everything below: node_modules is there, too.
  file(GLOB settings CONFIGURE_DEPENDS LIST_DIRECTORIES false ${console}/*)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${console}/src/* ${console}/public/*)
  # It takes a while, and what it waits for is elsewhere: seen when it begins.
  add_custom_command(
    OUTPUT ${console}/node_modules/.package-lock.json
    COMMAND ${tools}/console.sh
    DEPENDS ${console}/package-lock.json
    COMMENT "Installing what the console is built with"
    USES_TERMINAL VERBATIM)
  add_custom_command(
    OUTPUT ${EMBEDDED_CONSOLE} ${CMAKE_BINARY_DIR}/console/console.bin
    COMMAND ${tools}/console.sh ${CMAKE_BINARY_DIR}/console
    DEPENDS ${settings} ${sources} ${console}/node_modules/.package-lock.json
            ${tools}/console.sh ${tools}/node-modules.sh ${tools}/embed-console.mjs
    COMMENT "Building the console"
    VERBATIM)
  add_custom_target(console_files DEPENDS ${EMBEDDED_CONSOLE})
endfunction()
if(EVERSEAL_CONSOLE)
  build_console()
endif()

function(add_console target)
  if(NOT EVERSEAL_CONSOLE)
    target_sources(${target} PRIVATE no_console.cc)
    return()
  endif()
  add_dependencies(${target} console_files)
  target_sources(${target} PRIVATE ${EMBEDDED_CONSOLE})
  # The compiler does not see what the assembler includes. By itself, for nothing else is then compiled anew.
  set_source_files_properties(${EMBEDDED_CONSOLE} PROPERTIES INCLUDE_DIRECTORIES ${CMAKE_BINARY_DIR}/console
    OBJECT_DEPENDS ${CMAKE_BINARY_DIR}/console/console.bin SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
