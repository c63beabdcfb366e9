#include "base/text.h"
#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/file_desk.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

struct Given {
  std::string file, list, organisation;
  bool force = false;
};

// "12 division 379999" as a sentence.
void tell_fault(const Program& program, const std::string& line) {
  const auto first = line.find(' '), second = line.find(' ', first + 1);
  const std::string code = line.substr(first + 1, second - first - 1);
  program.print(program.texts().get(program.locale(), "contact_fault.line", {{"line", line.substr(0, first)}}) +
                program.texts().get(program.locale(), "contact_fault." + code, {{"value", line.substr(second + 1)}}));
}

int import(const Program& program, const Given& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!is_id(given.list)) return program.complain("contacts_list", {{"list", given.list}}), kUsage;
  if (!program.is_whole_node(c->store())) return kFailure;
  machine::keep_files_private();
  machine::keep_stop_signals();
  FileAsk ask;
  ask.work = "contacts.import";
  ask.subject = given.list;
  ask.on = given.organisation;
  if (given.force) ask.force = true;
  crypto::SystemRandom random;
  const auto said = ask_desk(*c, ask, Way::kBring, given.file, random);
  if (!said.ok()) return program.fail(said.error());
  if (program.json()) program.print(json::to_text(*said));
  if (!said->refused.empty()) {
    if (!program.json() && said->lines)
      for (const std::string& line : *said->lines) tell_fault(program, line);
    program.complain(said->refused,
                     {{"file", given.file}, {"folder", c->data}, {"node", said->node}, {"what", said->what}});
    return kFailure;
  }
  if (!program.json())
    program.say(said->before ? "contacts_imported" : "contacts_known",
                {{"list", given.list},
                 {"rows", std::to_string(said->facts)},
                 {"before", std::to_string(said->before.value_or(0))},
                 {"people", std::to_string(said->known)}});
  return kSuccess;
}

}  // namespace

void add_contact_commands(CLI::App& app, Program& program) {
  CLI::App* contacts = program.add(app, "contacts", "contacts", nullptr);
  contacts->require_subcommand(1);
  auto given = std::make_shared<Given>();
  CLI::App* one =
      program.add(*contacts, "import", "contacts_import", [&program, given] { return import(program, *given); });
  one->add_option("FILE", given->file, program.help("contacts_file"))->required();
  one->add_option("--list", given->list, program.help("contacts_list"))->required();
  one->add_option("--organisation", given->organisation, program.help("contacts_organisation"))->required();
  one->add_flag("--force", given->force, program.help("contacts_force"));
  program.add_configuration(*one);
  program.add_json(*one);
}

}  // namespace anlan::cli
