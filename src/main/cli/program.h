#pragma once
// What every subcommand has at hand: the texts, the language, the options that all share.

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "main/configuration.h"
#include "platform/sql/sql.h"

namespace anlan::cli {

// What a script may rely on; usage and configuration are told apart from a command that did not succeed.
inline constexpr int kSuccess = 0, kFailure = 1, kUsage = 2, kConfiguration = 3;

class Program {
 public:
  Program(Texts texts, Locale locale, std::string share)
      : texts_(std::move(texts)), locale_(locale), share_(std::move(share)) {}

  const Texts& texts() const { return texts_; }
  Locale locale() const { return locale_; }
  // Asked for by --json: one value on standard output, nothing else there.
  bool json() const { return json_; }

  // "cli.KEY", for help.
  std::string help(const std::string& key, const Texts::Values& values = {}) const {
    return texts_.get(locale_, "cli." + key, values);
  }
  // A line on standard output or, for complaints, on standard error; "cli.said.KEY".
  void say(const std::string& key, const Texts::Values& values = {}) const;
  void complain(const std::string& key, const Texts::Values& values = {}) const;
  void complain_of(const Mistake&) const;
  void print(const std::string& line) const;
  // For the operator's log: English, standard error. Thread safe.
  void log(std::string_view line) const;
  int fail(const Failure&) const;
  // The server of a store cannot be asked.
  int fail(const sql::ConnectionLost&, const std::string& store) const;
  int refuse(const Refusal&) const;
  // What it is and what to do about it, as refuse() says it.
  std::string words_of(const Refusal&) const;

  // A subcommand; `work` gives the exit code.
  CLI::App* add(CLI::App& above, const std::string& name, const std::string& help_key, std::function<int()> work);
  // --config, --data, --share, --set.
  void add_configuration(CLI::App&);
  void add_json(CLI::App&);
  // What was configured; nothing where it does not hold, which is then told.
  // From --config, the environment, and the options; read when it is asked for.
  // Where neither a file nor a folder was named, it is that of the site.
  std::optional<Configuration> configuration() const;
  ReadConfiguration read() const;
  // Whatever node the site has, without it: for what must never touch that one.
  std::optional<Configuration> configuration_without_site() const;
  // Mistakes in options are of what was typed.
  static void name_options(Mistakes&);
  // The node could listen as it was told to; else that is told, before there is a node.
  bool can_listen(const Configuration&) const;
  // `option`: how it was given, "--port"; a mistake in the value is told of that.
  void override_key(const std::string& key, const std::string& value, const std::string& option) {
    overrides_.push_back({key, value, option});
  }
  // Whether the folder was named by hand: the demo has one of its own otherwise.
  bool gave_data() const;

  // Help in the program's language.
  void translate(CLI::App&) const;
  // Says what is wrong with the words given; the exit code. `app` has parsed them as far as it went.
  int misused(const CLI::ParseError&, const CLI::App& app) const;
  // The same of one word that is no subcommand of `above`, with the one that was perhaps meant.
  int unknown_word(const std::string& word, const CLI::App& above) const;
  // Journal and vault are there; tells what is missing. A mistyped folder must not become a node, and facts whose vault
  // was lost must not get an empty one.
  bool is_whole_node(const std::string& store) const;
  // No process works on the folder; tells where one does.
  bool is_free(const std::string& folder) const;
  // The node's keys are there and its store's, or it needs none yet; tells what to do about it.
  bool has_keys(const Configuration&) const;
  // Runs the subcommand that the line named, after everything was parsed.
  int run_chosen() const { return chosen_ ? chosen_() : kUsage; }

 private:
  void complain_of_all(const Mistakes&) const;
  ReadConfiguration read(const std::string& file) const;
  std::optional<Configuration> sound(ReadConfiguration) const;
  bool holds_node(const std::string& url) const;

  Texts texts_;
  Locale locale_;
  std::string share_;
  bool json_ = false;
  std::string file_;
  std::vector<Override> overrides_;
  std::function<int()> chosen_;
};

// A store without the user, password and settings of its address.
std::string shown(const std::string& where);

// The parts of the command line.
void add_node_commands(CLI::App&, Program&);
void add_store_commands(CLI::App&, Program&);
void add_copy_command(CLI::App&, Program&);
void add_resume_command(CLI::App&, Program&);
void add_import_command(CLI::App&, Program&);
void add_user_commands(CLI::App&, Program&);
void add_cap_commands(CLI::App&, Program&);
void add_peer_commands(CLI::App&, Program&);
void add_register_commands(CLI::App&, Program&);
void add_contact_commands(CLI::App&, Program&);
void add_carry_command(CLI::App&, Program&);
void add_outside_commands(CLI::App&, Program&);

}  // namespace anlan::cli
