#pragma once
// The command line: `anlan SUBCOMMAND …`.

namespace anlan::cli {

// Exit codes: 0 success, 1 failure, 2 usage, 3 configuration.
int run(int count, char** words);

}  // namespace anlan::cli
