#include "codec/cap/reading.h"
#include "main/cli/program.h"
#include "platform/machine/files.h"

namespace anlan::cli {
namespace {

// One line a file; success when every file is a valid alert.
int check(const Program& program, const std::vector<std::string>& files) {
  bool all_valid = true;
  const cap::Texts texts = [&](std::string_view key) {
    return program.texts().get(program.locale(), "cap." + std::string(key));
  };
  for (const auto& file : files) {
    const auto bytes = machine::read_file(file);
    if (!bytes.ok()) {
      program.complain("unreadable", {{"file", file}});
      all_valid = false;
      continue;
    }
    const cap::Reading reading = cap::read(*bytes);
    program.print(cap::line(file, reading, texts));
    all_valid = all_valid && reading.kind == cap::Kind::kValid;
  }
  return all_valid ? kSuccess : kFailure;
}

// An alert that is not valid is told as by check, and not shown half.
int show(const Program& program, const std::string& file) {
  const auto bytes = machine::read_file(file);
  if (!bytes.ok()) {
    program.complain("unreadable", {{"file", file}});
    return kFailure;
  }
  const cap::Reading reading = cap::read(*bytes);
  if (reading.kind != cap::Kind::kValid) return check(program, {file});
  program.print(cap::to_json(reading.alert));
  return kSuccess;
}

}  // namespace

void add_cap_commands(CLI::App& app, Program& program) {
  CLI::App* cap = program.add(app, "cap", "cap", nullptr);
  cap->require_subcommand(1);
  auto files = std::make_shared<std::vector<std::string>>();
  auto file = std::make_shared<std::string>();
  program.add(*cap, "check", "cap_check", [&program, files] { return check(program, *files); })
      ->add_option("FILE", *files, program.help("file"))
      ->required();
  program.add(*cap, "show", "cap_show", [&program, file] { return show(program, *file); })
      ->add_option("FILE", *file, program.help("file"))
      ->required();
}

}  // namespace anlan::cli
