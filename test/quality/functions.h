#pragma once
// Where functions begin and end. Not a parser: it reads the braces of formatted code.

#include <string_view>
#include <vector>

namespace anlan::quality {

struct Function {
  int line = 0;   // of its first line, 1-based
  int lines = 0;  // from the first line of its signature to its closing brace, both counted
};

// `code` is the code plane of a file. A lambda belongs to the function that it stands in.
std::vector<Function> functions_of_cpp(std::string_view code);

// Methods, functions and arrow functions with a block, nested ones too. A describe() block groups tests and is none.
std::vector<Function> functions_of_script(std::string_view code);

}  // namespace anlan::quality
