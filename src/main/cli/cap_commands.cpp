#include <algorithm>

#include "codec/cap/reading.h"
#include "codec/json_write.h"
#include "main/cli/cap_signature.h"
#include "main/cli/program.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "platform/xml/signature.h"

namespace anlan::cli {
namespace {

cap::Texts texts_of(const Program& program) {
  return [&program](std::string_view key) { return program.texts().get(program.locale(), "cap." + std::string(key)); };
}

// What was found in one file; no reading where it could not be read.
struct Found {
  std::string file;
  std::optional<cap::Reading> reading;
  xml::Verdict signature = {};

  // An alert without a signature is one; an alert with a forged one is not.
  bool valid() const {
    return reading && reading->kind == cap::Kind::kValid && signature.state != xml::State::kInvalid;
  }
};

// How signatures are judged, as it was asked for.
struct Judging {
  std::string trust;
  bool sha1 = false;
};

void write_signature(std::string& out, const Program& program, const xml::Verdict& verdict) {
  json::Object object(out);
  object.member("state", name_of(verdict.state));
  object.member("trusted", verdict.is_trusted);
  if (verdict.flaw) object.member("part", xml::part_of(verdict.flaw->fault));
  if (verdict.flaw) object.member("code", name_of(verdict.flaw->fault));
  if (!verdict.signer.empty()) object.member("signer", verdict.signer);
  object.member("text", signature_words(verdict, texts_of(program)));
}

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
  if (found.reading) write_signature(object.key("signature"), program, found.signature);
}

void cannot_read(const Program& program, const std::string& file) {
  program.complain(machine::is_folder(file) ? "a_folder" : "unreadable", {{"file", file}});
}

// Nothing where the certificates cannot be read, which is told.
std::optional<xml::Roots> roots_of(const Program& program, const std::string& file) {
  const auto pem = machine::read_file(file);
  if (!pem.ok()) return cannot_read(program, file), std::nullopt;
  auto roots = xml::Roots::read(*pem);
  if (roots.ok()) return std::move(*roots);
  program.fail({file + ": " + roots.error().what});
  return std::nullopt;
}

Found look_at(const Program& program, const std::string& file, const xml::Policy& policy) {
  const auto bytes = machine::read_file(file);
  Found found{file, bytes.ok() ? std::optional(cap::read(*bytes)) : std::nullopt};
  if (bytes.ok()) found.signature = xml::verify(*bytes, policy);
  if (program.json()) return found;
  if (bytes.ok())
    program.print(cap::line(file, *found.reading, texts_of(program)) +
                  signature_clause(found.signature, texts_of(program)));
  else
    cannot_read(program, file);
  return found;
}

// One line a file; success when every file is a valid alert, signed well or not at all.
int check(const Program& program, const std::vector<std::string>& files, const Judging& judging = {}) {
  std::optional<xml::Roots> roots;
  if (!judging.trust.empty() && !(roots = roots_of(program, judging.trust))) return kFailure;
  const xml::Policy policy{roots ? &*roots : nullptr, machine::SystemClock().now(), judging.sha1, true};
  std::vector<Found> all;
  for (const auto& file : files) all.push_back(look_at(program, file, policy));
  if (program.json()) {
    std::string out;
    json::write_list(out, all, [&](std::string& o, const Found& found) { write(o, program, found); });
    program.print(out);
  }
  return std::ranges::all_of(all, &Found::valid) ? kSuccess : kFailure;
}

struct Signing {
  std::string key, certificate, file;
};

// What is no valid alert is told as by check, and not signed.
int sign(const Program& program, const Signing& given) {
  std::string texts[3];
  const std::string* files[] = {&given.key, &given.certificate, &given.file};
  for (std::size_t i = 0; i < 3; ++i) {
    auto bytes = machine::read_file(*files[i]);
    if (!bytes.ok()) return cannot_read(program, *files[i]), kFailure;
    texts[i] = std::move(*bytes);
  }
  if (cap::read(texts[2]).kind != cap::Kind::kValid) return check(program, {given.file}), kFailure;
  const auto signer = xml::Signer::read(texts[0], texts[1]);
  if (!signer) return program.fail(signer.error());
  auto signed_alert = signer->sign(texts[2]);
  if (!signed_alert) return program.fail({given.file + ": " + signed_alert.error().what});
  if (signed_alert->ends_with('\n')) signed_alert->pop_back();
  program.print(*signed_alert);
  return kSuccess;
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
  auto judging = std::make_shared<Judging>();
  CLI::App* checking =
      program.add(*cap, "check", "cap_check", [&program, files, judging] { return check(program, *files, *judging); });
  checking->add_option("FILE", *files, program.help("file"))->required();
  checking->add_option("--trust", judging->trust, program.help("cap_trust"));
  checking->add_flag("--allow-sha1", judging->sha1, program.help("cap_sha1"));
  program.add_json(*checking);
  program.add(*cap, "show", "cap_show", [&program, file] { return show(program, *file); })
      ->add_option("FILE", *file, program.help("file"))
      ->required();
  auto signing = std::make_shared<Signing>();
  CLI::App* signs = program.add(*cap, "sign", "cap_sign", [&program, signing] { return sign(program, *signing); });
  signs->add_option("--key", signing->key, program.help("cap_key"))->required();
  signs->add_option("--certificate", signing->certificate, program.help("cap_certificate"))->required();
  signs->add_option("FILE", signing->file, program.help("file"))->required();
}

}  // namespace anlan::cli
