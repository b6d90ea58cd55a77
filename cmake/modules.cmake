# add_module(SOURCES a.cc b.cc ALONE b.cc TESTS a_test.cc LINKS x y PRIVATE_LINKS z TEST_LINKS t)
#
# One library a folder, named after its path below src/ ("aws/policy" becomes aws_policy). A module
# sees its own headers and those of the modules it links, nothing else: each module publishes its
# headers in an include folder of its own, build/modules/<name>/<path>/, made of links.
# PRIVATE_LINKS are for .cc files only: whoever links the module does not see those headers.
# ALONE are those of the sources and tests that are always compiled by themselves (see compile_together).
# TESTS become one program <name>_test, which CTest runs as a whole; --gtest_filter chooses among its cases.

function(publish_headers name)
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  set(root ${CMAKE_SOURCE_DIR}/build/modules/${name})
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h
       ${CMAKE_CURRENT_SOURCE_DIR}/operations/*.h)
  foreach(header IN LISTS headers)
    file(RELATIVE_PATH below ${CMAKE_CURRENT_SOURCE_DIR} ${header})
    get_filename_component(folder ${root}/${path}/${below} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    if(NOT EXISTS ${root}/${path}/${below})
      file(CREATE_LINK ${header} ${root}/${path}/${below} SYMBOLIC)
    endif()
  endforeach()
  set(PUBLISHED ${root} PARENT_SCOPE)
endfunction()

# Several sources to a compilation, where the preset asks for it: most of a source's time goes into headers
# that all share. Sources that have a local name in common then clash; all but one of them are named as ALONE.
function(compile_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${EVERSEAL_TOGETHER} UNITY_BUILD_BATCH_SIZE 8)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# A source that no list names would never be compiled, and a test never run, without a word.
function(refuse_forgotten_sources)
  file(READ ${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt lists)
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cc operations/*.cc)
  foreach(source IN LISTS sources)
    string(FIND "${lists}" "${source}" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt does not name ${source}")
    endif()
  endforeach()
endfunction()

# What has most to do begins first, so that none is left to run alone at the end.
function(run_as_test program)
  list(LENGTH ARGN sources)
  add_test(NAME ${program} COMMAND ${program} --gtest_brief=1)
  set_tests_properties(${program} PROPERTIES COST ${sources} TIMEOUT 600)
endfunction()

function(add_module)
  refuse_forgotten_sources()
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "_" name ${path})
  cmake_parse_arguments(MODULE "" "" "SOURCES;ALONE;TESTS;LINKS;PRIVATE_LINKS;TEST_LINKS" ${ARGN})
  publish_headers(${name})

  if(MODULE_SOURCES)
    add_library(${name} STATIC ${MODULE_SOURCES})
    target_include_directories(${name} PUBLIC ${PUBLISHED})
    target_link_libraries(${name} PUBLIC ${MODULE_LINKS}
                          PRIVATE everseal_flags ${MODULE_PRIVATE_LINKS})
    use_precompiled(${name} standard)
    compile_together(${name} ${MODULE_ALONE})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PUBLISHED})
    target_link_libraries(${name} INTERFACE ${MODULE_LINKS})
  endif()

  if(EVERSEAL_TESTS AND MODULE_TESTS)
    add_executable(${name}_test ${MODULE_TESTS})
    target_link_libraries(${name}_test PRIVATE everseal_flags ${name} ${MODULE_PRIVATE_LINKS}
                          ${MODULE_TEST_LINKS} GTest::gtest GTest::gtest_main rapidcheck)
    use_precompiled(${name}_test tests)
    compile_together(${name}_test)
    run_as_test(${name}_test ${MODULE_TESTS})
  endif()
endfunction()
