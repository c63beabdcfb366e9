# How Anlan is compiled: one static library a folder, its *_test.cpp beside the code become one test program.
# Programs lie in the build folder itself: build/anlan.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")  # assertions stay on in every build
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(ANLAN_SANITIZE "" CACHE STRING "what -fsanitize names: address,undefined or thread")

# What is precompiled is known to ccache by its content; defines and times do not matter to it.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-pthread)  # everywhere alike, so that what is precompiled fits
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>)  # wrong where std::string is precompiled
add_link_options(-fuse-ld=mold)
if(ANLAN_SANITIZE)
  # GCC 12 warns wrongly where it has put its own checks into the code.
  add_compile_options(-fsanitize=${ANLAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1
                      -Wno-maybe-uninitialized -Wno-tsan -Wno-array-bounds -Wno-stringop-overflow)
  add_link_options(-fsanitize=${ANLAN_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)

option(ANLAN_FUZZ "build the fuzz targets; needs clang" OFF)
if(ANLAN_FUZZ)
  add_custom_target(fuzz)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -Wno-error)
  add_link_options(-fsanitize=address,undefined)
endif()

# Precompiled once for all libraries, and once for all tests.
set(ANLAN_STD <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
              <tuple> <unordered_map> <utility> <variant> <vector>)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/empty.cpp CONTENT "")
foreach(kind anlan_std anlan_std_gtest)
  add_library(${kind} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/empty.cpp)
  target_precompile_headers(${kind} PRIVATE ${ANLAN_STD})
endforeach()
target_precompile_headers(anlan_std_gtest PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
target_link_libraries(anlan_std_gtest PRIVATE GTest::gtest GTest::gmock)

# anlan_precompiled(TARGET KIND [header...]) — with headers of its own beside those of the kind, or with the kind's.
function(anlan_precompiled target kind)
  if(ARGN)
    target_precompile_headers(${target} PRIVATE ${ANLAN_STD} ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${kind})
  endif()
endfunction()

# What takes bytes from outside or handles memory by itself: the part of the tests that CI runs under the sanitizers too.
add_custom_target(byte_tests)
set(ANLAN_BYTES "^(platform|codec|journal|sheet)")

# anlan_module(NAME [DEPENDS target...] [PRECOMPILE header...] [PLAIN file...]) — the library of this folder; headers are
# named from src/ on. PRECOMPILE: what nearly all of its files include and what is long. PLAIN: without anything
# precompiled, where GCC 12 warns wrongly of std::string in it.
function(anlan_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRECOMPILE;PLAIN" ${ARGN})
  if(ARG_PLAIN)
    set_source_files_properties(${ARG_PLAIN} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  if(sources)
    add_library(anlan_${name} STATIC ${sources})
    anlan_precompiled(anlan_${name} anlan_std ${ARG_PRECOMPILE})
    target_include_directories(anlan_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(anlan_${name} PUBLIC ${ARG_DEPENDS})
  else()
    add_library(anlan_${name} INTERFACE)
    target_include_directories(anlan_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(anlan_${name} INTERFACE ${ARG_DEPENDS})
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE anlan_${name} GTest::gtest GTest::gmock GTest::gtest_main)
    anlan_precompiled(${name}_test anlan_std_gtest)
    target_compile_definitions(${name}_test PRIVATE ANLAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
    if(name MATCHES "${ANLAN_BYTES}")
      add_dependencies(byte_tests ${name}_test)
      set_tests_properties(${name} PROPERTIES LABELS bytes)
    endif()
  endif()
endfunction()

# anlan_folders() — every folder beside this file that has a CMakeLists.txt.
function(anlan_folders)
  file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  foreach(list ${lists})
    cmake_path(GET list PARENT_PATH folder)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# anlan_fuzz(NAME [WHOLE] target...) — NAME.cpp takes hostile bytes, corpus/NAME holds some. With ANLAN_FUZZ it becomes the fuzzer
# NAME_fuzz; otherwise the test NAME_replay, which feeds it the corpus and simple mutations of it.
# WHOLE: it needs most of the server, too much for the part of CI under the sanitizers; `make asan` has it.
function(anlan_fuzz name)
  cmake_parse_arguments(ARG "WHOLE" "" "" ${ARGN})
  if(ANLAN_FUZZ)
    add_executable(${name}_fuzz ${name}.cpp)
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name}_fuzz PRIVATE ${ARG_UNPARSED_ARGUMENTS})
    add_dependencies(fuzz ${name}_fuzz)
  else()
    add_executable(${name}_replay_test ${name}.cpp replay.cpp)
    target_link_libraries(${name}_replay_test PRIVATE ${ARG_UNPARSED_ARGUMENTS} GTest::gtest GTest::gtest_main)
    target_compile_definitions(${name}_replay_test PRIVATE CORPUS="${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")
    add_test(NAME ${name}_replay COMMAND ${name}_replay_test)
    if(NOT ARG_WHOLE)
      add_dependencies(byte_tests ${name}_replay_test)
      set_tests_properties(${name}_replay PROPERTIES LABELS bytes)
    endif()
  endif()
endfunction()
