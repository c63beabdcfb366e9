#include <algorithm>
#include <functional>

#include "codec/json_write.h"
#include "command/resumption.h"
#include "federation/history.h"
#include "journal/block_check.h"
#include "journal/copy.h"
#include "journal/history.h"
#include "main/cli/program.h"
#include "main/cli/report.h"
#include "main/cli/store_move.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "platform/sql/new_store.h"

namespace anlan::cli {
namespace {

struct Given {
  Move move;
  std::vector<std::string> without;  // neighbours that are not waited for
  // Another node, whose facts behind a number are of a history that was given up; empty for the node's own resumption.
  std::string of;
  std::int64_t after = 0;
};

// A store that was lost, and what neighbours gave back of it.
struct Lost {
  std::string node;
  std::vector<journal::Part> parts;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// Neighbours that have not given back all yet.
std::vector<std::string> missing(sql::Connection& sql, const node::Nodes& nodes, const std::string& self,
                                 const std::vector<std::string>& without) {
  std::vector<std::string> names;
  const auto* own = nodes.find(self);
  for (const auto& [id, node] : nodes.all) {
    const bool neighbour = node.parent == self || (own && own->parent == id);
    if (neighbour && !node.last_sequence && federation::missing_from(sql, self, id) &&
        std::ranges::find(without, id) == without.end())
      names.push_back(id);
  }
  return names;
}

// Told where there is nothing to be done, or where it must wait.
std::optional<Lost> gathered(const Program& program, const Given& given) {
  const auto sql = sql::open(given.move.from, sql::Access::kInspect);
  const auto own = journal::own_nodes(*sql);
  if (own.empty() || !journal::is_behind(*sql))
    return program.complain("resume_nothing", {{"source", shown(given.move.from)}}), std::nullopt;
  Lost lost{*own.begin(), {}};
  const auto directory = state::Directory::read(*sql);
  const auto* self = directory.nodes.find(lost.node);
  if (const auto names = missing(*sql, directory.nodes, lost.node, given.without); !self || !names.empty())
    return program.complain("resume_missing", {{"nodes", joined(names)}}), std::nullopt;
  for (const auto& one : journal::returned(*sql)) {
    auto parts = federation::history_in(one.bytes, one.neighbour, lost.node, self->public_key);
    if (!parts.ok()) return program.fail({one.neighbour + ": " + parts.error().what}), std::nullopt;
    std::ranges::move(*parts, std::back_inserter(lost.parts));
  }
  auto awaited = command::awaited(*sql, lost.node, lost.parts);
  std::erase_if(awaited,
                [&](const std::string& id) { return std::ranges::find(given.without, id) != given.without.end(); });
  if (!awaited.empty()) return program.complain("resume_awaits", {{"nodes", joined(awaited)}}), std::nullopt;
  return lost;
}

void say_resumed(const Program& program, const Given& given, const std::string& node, const command::Resumption& done) {
  if (program.json()) return program.print(json::to_text(done));
  program.say("resumed", {{"target", shown(given.move.to)},
                          {"given_back", std::to_string(done.given_back)},
                          {"again", std::to_string(done.recorded_again)},
                          {"number", std::to_string(done.first_number)}});
  for (const auto* list : {&done.incidents, &done.papers})
    for (const auto& one : *list) program.say("resumed_other", {{"from", one.from}, {"to", one.to}});
  program.say("resumed_elsewhere", {{"node", node}, {"after", std::to_string(done.agreed)}});
  for (const auto& one : done.set_aside) program.say("resumed_aside", {{"fact", one}});
}

using Fill = std::function<void(sql::Connection& source, sql::Connection& target, Instant now)>;

// False where it is not sound, which has been told then.
bool build(const Program& program, const Move& move, const Fill& fill) {
  if (!sql::is_shared(move.to))
    if (auto made = machine::make_folder(move.to, machine::Readers::kOwner); !made.ok())
      return program.fail(made.error()), false;
  const Instant now = machine::SystemClock().now();
  const auto report =
      journal::build_from(move.from, move.to, now, [&](auto& source, auto& target) { fill(source, target, now); });
  if (!report.source.sound() || !report.target.sound()) {
    tell(program, report.source.sound() ? report.target : report.source);
    program.complain(report.source.sound() ? "copy_target_unsound" : "copy_source_unsound",
                     {{"source", shown(move.from)}, {"target", shown(move.to)}});
    clear(program, move.to);
    return false;
  }
  const auto keys = finish(move);
  return keys.ok() || (program.fail(keys.error()), false);
}

int resume_own(const Program& program, const Given& given) {
  auto lost = gathered(program, given);
  if (!lost) return kFailure;
  machine::keep_files_private();
  command::Resumption done;
  if (!build(program, given.move, [&](sql::Connection& source, sql::Connection& target, Instant now) {
        done = command::resume(source, target, lost->node, std::move(lost->parts), now);
      }))
    return kFailure;
  say_resumed(program, given, lost->node, done);
  return kSuccess;
}

int leave_out(const Program& program, const Given& given) {
  const auto own = journal::own_nodes(*sql::open(given.move.from, sql::Access::kInspect));
  if (own.empty() || *own.begin() == given.of)
    return program.complain("resume_of_self", {{"node", given.of}}), kFailure;
  machine::keep_files_private();
  if (!build(program, given.move, [&](sql::Connection& source, sql::Connection& target, Instant) {
        command::leave_out(source, target, *own.begin(), given.of, given.after);
      }))
    return kFailure;
  program.say("resumed_without",
              {{"target", shown(given.move.to)}, {"node", given.of}, {"after", std::to_string(given.after)}});
  return kSuccess;
}

int resume(const Program& program, Given given) {
  given.move.with_keys = true;
  try {
    if (!is_possible(program, given.move)) return kFailure;
    return given.of.empty() ? resume_own(program, given) : leave_out(program, given);
  } catch (const journal::TargetNotNew& error) {
    return program.fail({error.what()});
  } catch (const sql::Error& error) {
    return give_up(program, given.move, error);
  }
}

}  // namespace

void add_resume_command(CLI::App& app, Program& program) {
  auto given = std::make_shared<Given>();
  CLI::App* command = program.add(app, "resume", "resume", [&program, given] { return resume(program, *given); });
  command->add_option("FROM", given->move.from, program.help("resume_from"))->required();
  command->add_option("TO", given->move.to, program.help("copy_to"))->required();
  command->add_option("--without", given->without, program.help("resume_without"));
  auto* of = command->add_option("--of", given->of, program.help("resume_of"));
  auto* after = command->add_option("--after", given->after, program.help("resume_after"));
  of->needs(after), after->needs(of);
  program.add_json(*command);
}

}  // namespace anlan::cli
