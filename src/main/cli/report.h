#pragma once
// What verifying found, told to a person or a script.

#include "journal/verify.h"
#include "main/cli/program.h"

namespace anlan::cli {

// By lines or, asked for by --json, as one object. The exit code.
int tell(const Program&, const journal::Report&);

}  // namespace anlan::cli
