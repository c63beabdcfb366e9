#include <atomic>

#include "main/cli/program.h"
#include "main/demo/demo.h"
#include "main/first_start.h"
#include "main/node.h"
#include "platform/crypto/random.h"
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

// Shown once, after they are durable.
void show_passwords(const Program& program, const std::vector<OneTimePassword>& passwords) {
  if (passwords.empty()) return;
  program.say("first_start");
  for (const auto& [account, password] : passwords)
    program.say("one_time_password", {{"account", account}, {"password", password}});
}

// The lock first: two processes on one journal would stop each other.
int serve(const Program& program) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  machine::keep_stop_signals();
  if (auto made = machine::make_folder(c->data, machine::Readers::kOwner); !made.ok())
    return program.fail(made.error());
  const auto lock = machine::FolderLock::take(c->data);
  if (!lock.ok()) return program.fail(lock.error());
  const machine::SystemClock clock;
  crypto::SystemRandom random;
  std::atomic<bool> failed = false;
  const auto prepare = [&](command::Executor& executor) -> Result<Done> {
    const auto passwords = first_start(*c, program.texts(), random, executor);
    if (!passwords.ok()) return passwords.error();
    show_passwords(program, *passwords);
    return Done{};
  };
  auto node = Node::start(*c, {clock, random, [&](std::string_view line) { program.log(line); }, prepare,
                               [&](const std::string& what) {
                                 program.fail({what});
                                 failed = true;
                                 machine::ask_to_stop();
                               }});
  if (!node.ok()) return program.fail(node.error());
  program.say("serving", {{"url", url_of(*c, (*node)->port())}});
  machine::wait_for_stop();
  program.say("stopping");
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
  auto c = program.configuration();
  if (!c) return kConfiguration;
  machine::keep_stop_signals();
  if (!program.gave_data()) c->data = demo_folder();
  c->demo = true;
  if (c->node_name.empty()) c->node_name = program.texts().get(Locale::kChinese, "demo.name");
  demo::Showing showing{*c, program.locale(), once, speed, [&](const std::string& line) { program.print(line); }};
  const auto shown = demo::show(showing, program.texts());
  return shown.ok() ? kSuccess : program.fail(shown.error());
}

// Configuration first, then what it names; all mistakes, each on its line.
int check(const Program& program) {
  auto read = program.read();
  const Mistakes more = anlan::check(read.value);
  read.mistakes.insert(read.mistakes.end(), more.begin(), more.end());
  for (const Mistake& mistake : read.mistakes) program.print(describe(mistake, program.texts(), program.locale()));
  if (read.mistakes.empty())
    program.print(program.help("check_sound"));
  else
    program.print(program.help("check_found", {{"count", std::to_string(read.mistakes.size())}}));
  return read.mistakes.empty() ? kSuccess : kConfiguration;
}

// Short forms of two keys that are given by hand most often.
void add_address(CLI::App& app, Program& program) {
  for (const auto& [option, key] : {std::pair("address", "http.address"), std::pair("port", "http.port")})
    app.add_option_function<std::string>(
        std::string("--") + option,
        [&program, key = std::string(key)](const std::string& value) { program.override_key(key, value); },
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
  command->add_option("--speed", *speed, program.help("demo_speed"))->check(CLI::Range(0.01, 1000.0));
  program.add_configuration(*command);
  add_address(*command, program);

  program.add_configuration(*program.add(app, "check", "check", [&program] { return check(program); }));
}

}  // namespace anlan::cli
