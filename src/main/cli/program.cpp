#include "main/cli/program.h"

#include <algorithm>
#include <cstdio>

#include "main/cli/nearest.h"
#include "main/own_keys.h"
#include "main/site.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "platform/sql/new_store.h"

namespace anlan::cli {
namespace {

const CLI::App& deepest(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : deepest(*chosen.back());
}

// The first word that nothing took and that is no option.
std::optional<std::string> word_left(const CLI::App& app) {
  for (const std::string& word : app.remaining(true))
    if (!word.starts_with('-')) return word;
  return std::nullopt;
}

}  // namespace

void Program::print(const std::string& line) const {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

void Program::say(const std::string& key, const Texts::Values& values) const { print(help("said." + key, values)); }

void Program::complain(const std::string& key, const Texts::Values& values) const {
  std::fputs((help("said." + key, values) + "\n").c_str(), stderr);
}

void Program::complain_of(const Mistake& mistake) const {
  std::fputs((describe(mistake, texts_, locale_) + "\n").c_str(), stderr);
}

void Program::log(std::string_view line) const { std::fputs((std::string(line) + "\n").c_str(), stderr); }

int Program::fail(const Failure& failure) const {
  complain("failed", {{"what", failure.what}});
  return kFailure;
}

int Program::refuse(const Refusal& refusal) const {
  std::fputs((words_of(refusal) + "\n").c_str(), stderr);
  return kFailure;
}

std::string Program::words_of(const Refusal& refusal) const {
  auto values = refusal.values;
  values.emplace_back("field", refusal.field);
  return help("said.refused", {{"title", texts_.get(locale_, "refusal." + refusal.code + ".title", values)},
                               {"detail", texts_.get(locale_, "refusal." + refusal.code + ".detail", values)}});
}

CLI::App* Program::add(CLI::App& above, const std::string& name, const std::string& help_key,
                       std::function<int()> work) {
  CLI::App* app = above.add_subcommand(name, help(help_key))->group(help("words.subcommands"));
  app->option_defaults()->group(help("words.options"));
  app->set_help_flag("-h,--help", help("help"));
  if (work) app->final_callback([this, work = std::move(work)] { chosen_ = work; });
  return app;
}

void Program::add_configuration(CLI::App& app) {
  const auto key = [this](const std::string& name) {
    return [this, name](const std::string& value) { override_key(name, value, "--" + name); };
  };
  app.add_option("--config", file_, help("config"));
  app.add_option_function<std::string>("--data", key("data"), help("data"));
  app.add_option_function<std::string>("--share", key("share"), help("share"));
  app.add_option_function<std::vector<std::string>>(
      "--set",
      [this](const std::vector<std::string>& pairs) {
        for (const auto& pair : pairs) {
          const auto equals = pair.find('=');
          if (equals == std::string::npos) throw CLI::ValidationError("--set", pair);
          overrides_.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
        }
      },
      help("set"));
}

void Program::add_json(CLI::App& app) { app.add_flag("--json", json_, help("json")); }

bool Program::gave_data() const {
  return std::ranges::any_of(overrides_, [](const Override& given) { return given.key == "data"; }) ||
         machine::environment(environment_name("data")) || !file_.empty();
}

ReadConfiguration Program::read() const {
  return read(gave_data() ? file_ : site_configuration(machine::program_folder()));
}

ReadConfiguration Program::read(const std::string& file) const {
  Sources sources{file, machine::environment, overrides_, machine::program_folder()};
  auto read = read_configuration(sources);
  if (read.value.share.empty()) read.value.share = share_;
  name_options(read.mistakes);
  return read;
}

void Program::name_options(Mistakes& mistakes) {
  for (Mistake& mistake : mistakes)
    if (mistake.file.starts_with("--") && mistake.file != Override{}.option) mistake.key.clear();
}

void Program::translate(CLI::App& app) const {
  for (const char* label :
       {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "TEXT", "FLOAT", "REQUIRED", "Positionals"})
    app.get_formatter()->label(label, help(std::string("words.") + label));
  app.option_defaults()->group(help("words.options"));
  app.footer(help("footer"));
  app.set_help_flag("-h,--help", help("help"));
}

// The library's own words are English; what they are about (an option, an argument, a word too many) is cut out of
// them.
int Program::misused(const CLI::ParseError& error, const CLI::App& app) const {
  const std::string what = error.what();
  const auto rest = [&](const std::string& after) {
    return what.substr(std::min(what.find(after) + after.size(), what.size()));
  };
  const auto part = [&](const std::string& text, const char* before) { return text.substr(0, text.find(before)); };
  std::string said;
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
      said = help("usage_unknown", {{"what", rest(": ")}});
      break;
    case CLI::ExitCodes::RequiredError: {
      const std::string missing = part(what, " is required");
      if (const auto word = word_left(app); missing == "A subcommand" && word) return unknown_word(*word, deepest(app));
      said = missing == "A subcommand" ? help("usage_subcommand") : help("usage_missing", {{"what", missing}});
      break;
    }
    case CLI::ExitCodes::ConversionError:
      said = help("usage_value", {{"what", rest(": ")}});
      break;
    case CLI::ExitCodes::ValidationError:
      said = part(what, ":") == "--set" ? help("usage_pair", {{"value", rest(": ")}})
                                        : help("usage_value", {{"what", part(what, ":")}});
      break;
    case CLI::ExitCodes::ArgumentMismatch:
      said = help("usage_count", {{"what", part(what, ":")}});
      break;
    default:
      said = what;
  }
  complain("usage", {{"what", said}});
  return kUsage;
}

int Program::unknown_word(const std::string& word, const CLI::App& above) const {
  std::vector<std::string> known;
  for (const CLI::App* command : above.get_subcommands({})) known.push_back(command->get_name());
  const std::string meant = nearest(word, known);
  const std::string said = help("usage_unknown", {{"what", word}});
  complain("usage", {{"what", meant.empty() ? said : help("usage_meant", {{"said", said}, {"meant", meant}})}});
  return kUsage;
}

std::string shown(const std::string& where) {
  if (!sql::is_shared(where)) return where;
  const std::string address = where.substr(0, where.find('?'));
  const auto scheme = address.find("://") + 3, at = address.rfind('@');
  return at == std::string::npos ? address : address.substr(0, scheme) + address.substr(at + 1);
}

int Program::fail(const sql::ConnectionLost& lost, const std::string& store) const {
  complain("unreachable", {{"store", shown(store)}, {"what", lost.what()}});
  return kFailure;
}

bool Program::is_whole_node(const std::string& folder) const {
  if (sql::is_shared(folder)) return holds_node(folder);
  const bool journal = machine::is_file(folder + "/journal.db"), vault = machine::is_file(folder + "/vault.db");
  if (!journal) complain("no_node", {{"folder", folder}});
  if (journal && !vault) complain("no_vault", {{"folder", folder}});
  return journal && vault;
}

bool Program::holds_node(const std::string& url) const {
  try {
    const bool empty = sql::is_new(url);
    if (empty) complain("no_node_in_database", {{"store", shown(url)}});
    return !empty;
  } catch (const sql::ConnectionLost& lost) {
    fail(lost, url);
    return false;
  }
}

bool Program::is_free(const std::string& folder) const {
  const bool held = machine::FolderLock::is_held(folder);
  if (held) complain("in_use", {{"folder", folder}});
  return !held;
}

bool Program::has_keys(const Configuration& c) const {
  const auto fault = fault_of_keys(c, machine::SystemClock());
  if (!fault.ok())
    fail(fault.error());
  else if (*fault)
    complain((*fault)->code, (*fault)->values);
  return fault.ok() && !*fault;
}

void Program::complain_of_all(const Mistakes& mistakes) const {
  complain("configuration");
  for (const Mistake& mistake : mistakes) complain_of(mistake);
}

bool Program::can_listen(const Configuration& c) const {
  auto mistakes = check_listening(c);
  name_options(mistakes);
  if (!mistakes.empty()) complain_of_all(mistakes);
  return mistakes.empty();
}

std::optional<Configuration> Program::configuration() const { return sound(read()); }

std::optional<Configuration> Program::configuration_without_site() const { return sound(read(file_)); }

std::optional<Configuration> Program::sound(ReadConfiguration read) const {
  if (read.mistakes.empty()) return std::move(read.value);
  complain_of_all(read.mistakes);
  return std::nullopt;
}

}  // namespace anlan::cli
