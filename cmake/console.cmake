# add_console(TARGET)
#
# Makes the console a part of the program: whenever one of its files changes, npm builds console/, and
# what comes out is embedded, compressed. Without EVERSEAL_CONSOLE nothing of Node.js is needed, and the
# program says that it has none.
function(add_console target)
  if(NOT EVERSEAL_CONSOLE)
    target_sources(${target} PRIVATE no_console.cc)
    return()
  endif()
  set(console ${CMAKE_SOURCE_DIR}/console)
  set(tools ${CMAKE_SOURCE_DIR}/tools)
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/console)
  # Not everything below: node_modules is there, too.
  file(GLOB settings CONFIGURE_DEPENDS LIST_DIRECTORIES false ${console}/*)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${console}/src/* ${console}/public/*)
  add_custom_command(
    OUTPUT ${embedded}/embedded_console.cc ${embedded}/console.bin
    COMMAND ${tools}/console.sh ${embedded}
    DEPENDS ${settings} ${sources} ${tools}/console.sh ${tools}/node-modules.sh ${tools}/embed-console.mjs
    COMMENT "Building the console"
    VERBATIM)
  target_sources(${target} PRIVATE ${embedded}/embedded_console.cc)
  # The compiler does not see what the assembler includes. By itself, for nothing else is then compiled anew.
  set_source_files_properties(${embedded}/embedded_console.cc PROPERTIES
    OBJECT_DEPENDS ${embedded}/console.bin SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
