#include <fmt/format.h>

#include <atomic>

#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/demo/demo.h"
#include "main/first_start.h"
#include "main/node.h"
#include "platform/crypto/random.h"
#include "platform/http/listening.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// As a person would type it; an IPv6 address needs brackets.
std::string url_of(const Configuration& c, std::uint16_t port) {
  const bool v6 = c.http.address.find(':') != std::string::npos;
  return std::string(c.http.certificate.empty() ? "http://" : "https://") +
         (v6 ? "[" + c.http.address + "]" : c.http.address) + ":" + std::to_string(port);
}

// The passwords of the first start on their way to three people. A terminal shows them once. Elsewhere what is printed
// is kept in logs that others read, so they go into a file of the node's user, which is removed when all are spent.
class FirstPasswords {
 public:
  FirstPasswords(const Program& program, const std::string& folder)
      : program_(program), file_(folder + "/first-passwords.txt"), there_(machine::is_file(file_)) {}

  Result<Done> keep(const std::vector<OneTimePassword>& passwords) {
    if (machine::writes_to_terminal()) return Done{};
    std::string text = program_.help("said.first_start_in_file") + "\n\n";
    for (const auto& [account, password] : passwords) text += fmt::format("{:<12}{}\n", account, password);
    auto written = machine::write_file(file_, text, machine::Readers::kOwner);
    there_ = mine_ = written.ok();
    return written;
  }

  void tell(const std::vector<OneTimePassword>& passwords) {
    if (passwords.empty()) return forget_mine();
    if (there_) return program_.say("first_start_file", {{"file", file_}});
    program_.say("first_start");
    for (const auto& [account, password] : passwords)
      program_.say("one_time_password", {{"account", account}, {"password", password}});
  }

  void look(const state::Directory& directory) {
    if (there_ && first_passwords_are_spent(directory)) remove();
  }

 private:
  // Another process was first: its passwords open the accounts, ours nothing.
  void forget_mine() {
    if (mine_) remove();
  }
  void remove() {
    there_ = mine_ = false;
    if (const auto removed = machine::remove_file(file_); !removed.ok()) program_.log(removed.error().what);
  }

  const Program& program_;
  const std::string file_;
  bool there_, mine_ = false;
};

// The lock first: two processes on one journal would stop each other.
int serve(const Program& program) {
  const auto c = program.configuration();
  if (!c || !program.can_listen(*c)) return kConfiguration;
  machine::keep_stop_signals();
  machine::keep_files_private();
  if (machine::is_file(c->data + "/journal.db") && !program.is_whole_node(c->data)) return kFailure;
  if (auto made = machine::make_folder(c->data, machine::Readers::kOwner); !made.ok())
    return program.fail(made.error());
  if (!program.is_free(c->data)) return kFailure;
  const auto lock = machine::FolderLock::take(c->data);
  if (!lock.ok()) return program.fail(lock.error());
  if (!program.has_keys(*c)) return kFailure;
  if (auto free = http::try_to_listen(c->http.address, static_cast<std::uint16_t>(c->http.port)); !free.ok())
    return program.fail(free.error());
  const machine::SystemClock clock;
  crypto::SystemRandom random;
  std::atomic<bool> failed = false;
  FirstPasswords handed(program, c->data);
  const auto prepare = [&](command::Executor& executor) -> Result<Done> {
    const auto passwords = first_start(*c, program.texts(), random, executor,
                                       [&](const std::vector<OneTimePassword>& made) { return handed.keep(made); });
    if (!passwords.ok()) return passwords.error();
    handed.tell(*passwords);
    return Done{};
  };
  auto node = Node::start(*c, {clock, random, [&](std::string_view line) { program.log(line); }, prepare,
                               [&](const std::string& what) {
                                 program.fail({what});
                                 failed = true;
                                 machine::ask_to_stop();
                               },
                               [&](const state::Directory& directory) { handed.look(directory); }});
  if (!node.ok()) return program.fail(node.error());
  program.say("serving", {{"url", url_of(*c, (*node)->port())}});
  if ((*node)->peer_port() != 0)
    program.say("serving_peers", {{"address", c->federation.address}, {"port", std::to_string((*node)->peer_port())}});
  machine::wait_for_stop();
  program.say("stopping");
  if (c->http.leave_s > 0 && !failed) {
    (*node)->leave();
    machine::wait_for_stop(std::chrono::seconds(c->http.leave_s));  // whoever asks twice does not wait
  }
  node->reset();
  return failed ? kFailure : kSuccess;
}

// The state folder of the user (XDG), so that a demo never touches a node of the site.
std::string demo_folder() {
  if (const auto state = machine::environment("XDG_STATE_HOME")) return *state + "/anlan/demo";
  if (const auto home = machine::environment("HOME")) return *home + "/.local/state/anlan/demo";
  return "var/demo";
}

int demo(const Program& program, bool once, double speed) {
  auto c = program.configuration_without_site();
  if (!c || !program.can_listen(*c)) return kConfiguration;
  machine::keep_stop_signals();
  if (!program.gave_data()) c->data = demo_folder();
  c->demo = true;
  if (c->node_name.empty()) c->node_name = program.texts().get(Locale::kChinese, "demo.name");
  machine::keep_files_private();
  if (machine::is_file(c->data + "/journal.db") && !program.is_whole_node(c->data)) return kFailure;
  if (!program.is_free(c->data)) return kFailure;
  const auto for_demo = demo::is_for_demo(*c, machine::SystemClock());
  if (!for_demo.ok()) return program.fail(for_demo.error());
  if (!*for_demo) {
    program.complain("not_demo", {{"folder", c->store()}});
    return kConfiguration;
  }
  if (!program.has_keys(*c)) return kFailure;
  demo::Showing showing{*c, program.locale(), once, speed, [&](const std::string& line) { program.print(line); }};
  const auto shown = demo::show(showing, program.texts());
  return shown.ok() ? kSuccess : program.fail(shown.error());
}

// For --json: the words are those of the language asked for, the codes are the same in all.
void write(std::string& out, const Program& program, const Mistakes& mistakes) {
  json::Object object(out);
  object.member("sound", mistakes.empty());
  json::write_list(object.key("mistakes"), mistakes, [&](std::string& o, const Mistake& m) {
    json::Object mistake(o);
    mistake.member("file", m.file);
    mistake.member("line", static_cast<std::int64_t>(m.line));
    mistake.member("key", m.key);
    mistake.member("code", m.code);
    mistake.member("text", program.texts().get(program.locale(), "mistake." + m.code, m.values));
  });
}

// Configuration first, then what it names; all mistakes, each on its line.
int check(const Program& program) {
  auto read = program.read();
  Mistakes more = anlan::check(read.value);
  program.name_options(more);
  read.mistakes.insert(read.mistakes.end(), more.begin(), more.end());
  if (program.json()) {
    std::string out;
    write(out, program, read.mistakes);
    program.print(out);
  } else {
    for (const Mistake& mistake : read.mistakes) program.print(describe(mistake, program.texts(), program.locale()));
    program.print(read.mistakes.empty()
                      ? program.help("check_sound")
                      : program.help("check_found", {{"count", std::to_string(read.mistakes.size())}}));
  }
  return read.mistakes.empty() ? kSuccess : kConfiguration;
}

// Short forms of two keys that are given by hand most often.
void add_address(CLI::App& app, Program& program) {
  for (const auto& [option, key] : {std::pair("address", "http.address"), std::pair("port", "http.port")})
    app.add_option_function<std::string>(
        std::string("--") + option,
        [&program, key = std::string(key), given = std::string("--") + option](const std::string& value) {
          program.override_key(key, value, given);
        },
        program.help(option));
}

}  // namespace

void add_node_commands(CLI::App& app, Program& program) {
  CLI::App* command = program.add(app, "serve", "serve", [&program] { return serve(program); });
  program.add_configuration(*command);
  add_address(*command, program);

  auto once = std::make_shared<bool>(false);
  auto speed = std::make_shared<double>(1);
  command = program.add(app, "demo", "demo", [&program, once, speed] { return demo(program, *once, *speed); });
  command->add_flag("--once", *once, program.help("demo_once"));
  command->add_option("--speed", *speed, program.help("demo_speed"))->check(CLI::Range(0.01, 1000.0).description(""));
  program.add_configuration(*command);
  add_address(*command, program);

  command = program.add(app, "check", "check", [&program] { return check(program); });
  program.add_configuration(*command);
  program.add_json(*command);
}

}  // namespace anlan::cli
