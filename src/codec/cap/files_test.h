#pragma once
// The files the tests of this folder read.

#include <filesystem>
#include <string>

#include "codec/cap/reading.h"

namespace anlan::cap {

std::string contents(const std::filesystem::path&);

// The folder of the project's own alerts, whose names begin with their verdict.
std::filesystem::path fixtures();
Reading read_fixture(const std::string& name);

// data/text/cap.LANGUAGE.toml, and the texts of it.
std::filesystem::path text_file(const std::string& language);
Texts texts(const std::string& language);

}  // namespace anlan::cap
