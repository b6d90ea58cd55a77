# Precompiled headers, for the builds spend much of their time in reading the headers of the standard
# library and of the test frameworks. The ThreadSanitizer build goes without, and so finds an include
# that a file forgot.
if(EVERSEAL_PRECOMPILE)
  # A precompiled header is read only with the options it was made with.
  add_compile_options(-pthread)
  set(EMPTY_SOURCE ${CMAKE_BINARY_DIR}/empty.cc)
  file(GENERATE OUTPUT ${EMPTY_SOURCE} CONTENT "")
  set(STANDARD_HEADERS
      <algorithm> <array> <atomic> <chrono> <compare> <cstddef> <cstdint> <deque> <functional>
      <iterator> <list> <map> <memory> <mutex> <optional> <set> <span> <sstream> <string>
      <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)
  add_library(precompiled_standard OBJECT ${EMPTY_SOURCE})
  target_link_libraries(precompiled_standard PRIVATE everseal_flags)
  target_precompile_headers(precompiled_standard PRIVATE ${STANDARD_HEADERS})
  if(EVERSEAL_TESTS)
    add_library(precompiled_tests OBJECT ${EMPTY_SOURCE})
    target_link_libraries(precompiled_tests PRIVATE everseal_flags GTest::gtest rapidcheck)
    target_precompile_headers(precompiled_tests PRIVATE ${STANDARD_HEADERS} <gtest/gtest.h> <rapidcheck.h>)
  endif()
endif()

function(use_precompiled target kind)
  if(EVERSEAL_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM precompiled_${kind})
  endif()
endfunction()
