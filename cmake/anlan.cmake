# How Anlan is compiled: one static library a folder, its *_test.cpp beside the code become one test program.
# Programs lie in the build folder itself: build/anlan.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")  # assertions stay on in every build
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(ANLAN_SANITIZE "" CACHE STRING "what -fsanitize names: address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
add_link_options(-fuse-ld=mold)
if(ANLAN_SANITIZE)
  # GCC 12 warns wrongly where it has put its own checks into the code.
  add_compile_options(-fsanitize=${ANLAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1
                      -Wno-maybe-uninitialized -Wno-tsan)
  add_link_options(-fsanitize=${ANLAN_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)

# anlan_module(NAME [DEPENDS target...]) — the library of this folder; headers are named from src/ on.
function(anlan_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  if(sources)
    add_library(anlan_${name} STATIC ${sources})
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
    target_compile_definitions(${name}_test PRIVATE ANLAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
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
