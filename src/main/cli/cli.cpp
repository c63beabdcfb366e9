#include "main/cli/cli.h"

#include <cstdio>

#include "main/cli/program.h"
#include "main/load.h"
#include "main/version.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// The value of an option before the options are described: the descriptions are texts of the language asked for.
std::string early(const std::vector<std::string>& words, const std::string& option) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option && i + 1 < words.size()) return words[i + 1];
    if (words[i].starts_with(option + "=")) return words[i].substr(option.size() + 1);
  }
  return {};
}

// Asked for by --lang: a language by its name, with or without its country.
bool is_language(const std::string& name) {
  return name.empty() || name == "zh" || name == "en" || name.starts_with("zh-") || name.starts_with("en-");
}

Locale locale_of(const std::vector<std::string>& words) {
  std::string name = early(words, "--lang");
  if (!is_language(name)) name.clear();
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (name.empty()) name = machine::environment(variable).value_or("");
  return name.starts_with("en") ? Locale::kEnglish : Locale::kChinese;
}

// `anlan help user list` says what `anlan user list --help` does. Before anything is parsed, since what was parsed
// would speak for itself.
int help(const Program& program, const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* at = &app;
  std::string before;
  for (const std::string& word : words) {
    const auto known = at->get_subcommands([&](const CLI::App* command) { return command->check_name(word); });
    if (known.empty()) return program.unknown_word(word, *at);
    before.append(before.empty() ? "" : " ").append(at->get_name());
    at = known.front();
  }
  program.print(at->help(before));
  return kSuccess;
}

// The words that are no options; what follows --lang is its value.
std::vector<std::string> plain(const std::vector<std::string>& words) {
  std::vector<std::string> plain;
  for (std::size_t i = 1; i < words.size(); ++i)
    if (!words[i].starts_with('-') && words[i - 1] != "--lang") plain.push_back(words[i]);
  return plain;
}

// CLI11 reports help and mistakes as exceptions; they become exit codes here.
int parse_and_run(Program& program, int count, char** arguments) {
  const std::vector<std::string> words = plain({arguments, arguments + count});
  CLI::App app(program.help("about"), "anlan");
  program.translate(app);
  if (const std::string asked = early({arguments, arguments + count}, "--lang"); !is_language(asked)) {
    program.complain("usage", {{"what", program.help("usage_language", {{"value", asked}})}});
    return kUsage;
  }
  app.require_subcommand(1);
  app.fallthrough();
  std::string lang;
  app.add_option("--lang", lang, program.help("lang"));
  add_node_commands(app, program);
  add_store_commands(app, program);
  add_copy_command(app, program);
  add_resume_command(app, program);
  add_import_command(app, program);
  add_user_commands(app, program);
  add_peer_commands(app, program);
  add_register_commands(app, program);
  add_contact_commands(app, program);
  add_carry_command(app, program);
  add_outside_commands(app, program);
  add_cap_commands(app, program);
  program.add_json(*program.add(app, "version", "version", [&] {
    program.print(program.json() ? R"({"version":")" + std::string(kVersion) + "\"}"
                                 : "anlan " + std::string(kVersion));
    return kSuccess;
  }));
  program.add(app, "help", "help_of", nullptr);
  if (!words.empty() && words.front() == "help") return help(program, app, {words.begin() + 1, words.end()});
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& error) {
    return program.misused(error, app);
  }
  try {
    return program.run_chosen();
  } catch (const std::exception& error) {  // of the store or the machine, with what was attempted
    return program.fail({error.what()});
  }
}

}  // namespace

int run(int count, char** arguments) {
  const std::vector<std::string> words(arguments, arguments + count);
  const std::string given = early(words, "--share");
  Sources sources{.environment = machine::environment, .program_folder = machine::program_folder()};
  if (!given.empty()) sources.overrides = {{"share", given, "--share"}};
  const auto configuration = read_configuration(sources).value;
  auto texts = load_texts(configuration.shared("text"));
  if (!texts.ok()) {
    // There are no texts to say it with.
    std::fputs((as_failure(texts.error()).what + " (--share, ANLAN_SHARE)\n").c_str(), stderr);
    return kConfiguration;
  }
  Program program(std::move(*texts), locale_of(words), configuration.share);
  return parse_and_run(program, count, arguments);
}

}  // namespace anlan::cli
