# The language, the warnings and the sanitizers of everything we compile.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE ccache)
if(CCACHE AND EVERSEAL_PRECOMPILE)
  # What ccache asks for before it caches what was compiled with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options("$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>"
                      $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
elseif(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(everseal_flags INTERFACE)
target_compile_options(everseal_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 raises it falsely on the concatenation of strings.
  target_compile_options(everseal_flags INTERFACE -Wno-restrict)
  if(EVERSEAL_TOGETHER)
    # It takes the anonymous namespace of a source for that of a header.
    target_compile_options(everseal_flags INTERFACE -Wno-subobject-linkage)
  endif()
  if(EVERSEAL_PRECOMPILE)
    # It forgets that a precompiled header is the system's, and warns of the inside of std::string.
    target_compile_options(everseal_flags INTERFACE
      -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
  endif()
endif()
target_compile_options(everseal_flags INTERFACE
  -fstack-protector-strong -fPIE $<$<CONFIG:Release>:-g1>)
target_compile_definitions(everseal_flags INTERFACE
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2> EVERSEAL_VERSION="${PROJECT_VERSION}")
target_link_options(everseal_flags INTERFACE -pie -Wl,-z,relro,-z,now)

if(EVERSEAL_SANITIZE)
  target_compile_options(everseal_flags INTERFACE
    -fsanitize=${EVERSEAL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(everseal_flags INTERFACE -fsanitize=${EVERSEAL_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Sanitized code confuses GCC 12's flow analysis; the release build keeps these.
    target_compile_options(everseal_flags INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds)
    # Asio has fences, which ThreadSanitizer does not see; what it guards is guarded by locks too.
    target_compile_options(everseal_flags INTERFACE -Wno-tsan)
  endif()
endif()

# A faster linker where there is one: sanitized programs link in a fifth of the time.
find_program(LLD ld.lld)
if(LLD)
  target_link_options(everseal_flags INTERFACE -fuse-ld=lld)
endif()
