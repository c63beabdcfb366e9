#include "main/cli/cli.h"

int main(int count, char** words) { return anlan::cli::run(count, words); }
