#include <algorithm>

#include "codec/cap/reading.h"
#include "codec/json_write.h"
#include "main/cli/program.h"
#include "platform/machine/files.h"

namespace anlan::cli {
namespace {

cap::Texts texts_of(const Program& program) {
  return [&program](std::string_view key) { return program.texts().get(program.locale(), "cap." + std::string(key)); };
}

// What was found in one file; no reading where it could not be read.
struct Found {
  std::string file;
  std::optional<cap::Reading> reading;

  bool valid() const { return reading && reading->kind == cap::Kind::kValid; }
};

// For --json: the codes are the same in all languages.
void write(std::string& out, const Program& program, const Found& found) {
  json::Object object(out);
  object.member("file", found.file);
  object.member("kind", found.reading ? cap::word(found.reading->kind) : "unreadable");
  json::write_list(object.key("errors"), found.reading ? found.reading->errors : std::vector<cap::Error>{},
                   [&](std::string& o, const cap::Error& e) {
                     json::Object error(o);
                     error.member("code", e.code);
                     error.member("line", static_cast<std::int64_t>(e.line));
                     error.member("element", e.element);
                     error.member("text", cap::sentence(e, texts_of(program)));
                   });
}

void cannot_read(const Program& program, const std::string& file) {
  program.complain(machine::is_folder(file) ? "a_folder" : "unreadable", {{"file", file}});
}

// One line a file; success when every file is a valid alert.
int check(const Program& program, const std::vector<std::string>& files) {
  std::vector<Found> all;
  for (const auto& file : files) {
    const auto bytes = machine::read_file(file);
    all.push_back({file, bytes.ok() ? std::optional(cap::read(*bytes)) : std::nullopt});
    if (program.json()) continue;
    if (bytes.ok())
      program.print(cap::line(file, *all.back().reading, texts_of(program)));
    else
      cannot_read(program, file);
  }
  if (program.json()) {
    std::string out;
    json::write_list(out, all, [&](std::string& o, const Found& found) { write(o, program, found); });
    program.print(out);
  }
  return std::ranges::all_of(all, &Found::valid) ? kSuccess : kFailure;
}

// An alert that is not valid is told as by check, and not shown half.
int show(const Program& program, const std::string& file) {
  const auto bytes = machine::read_file(file);
  if (!bytes.ok()) {
    cannot_read(program, file);
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
  CLI::App* checking = program.add(*cap, "check", "cap_check", [&program, files] { return check(program, *files); });
  checking->add_option("FILE", *files, program.help("file"))->required();
  program.add_json(*checking);
  program.add(*cap, "show", "cap_show", [&program, file] { return show(program, *file); })
      ->add_option("FILE", *file, program.help("file"))
      ->required();
}

}  // namespace anlan::cli
