#include "main/register_works.h"

#include <algorithm>

#include "journal/block_store.h"
#include "main/first_start.h"

namespace anlan {
namespace {

using edge::peer::Ground;

// The highest number of the node's facts of which this store knows: of a fact, or of a block that the node has signed.
std::int64_t last_known(sql::Connection& sql, const std::string& node) {
  auto& row = sql.prepare("SELECT COALESCE(MAX(node_sequence), 0) FROM fact WHERE node = ?");
  row.bind(node);
  row.step();
  const std::int64_t fact = row.integer(0);
  row.reset();
  const auto block = journal::last_block(sql, node);
  return std::max(fact, block ? block->header.last : 0);
}

// One after the other; the first that was refused, where one was. Nothing where nobody knows what came of them.
std::optional<std::optional<Refusal>> run(Ground& ground, const std::vector<command::Envelope>& commands) {
  std::optional<Refusal> refused;
  const auto work = [&](command::Executor& executor, sql::Connection&) {
    auto batch = executor.run(commands);
    for (const auto& outcome : batch.outcomes)
      if (!outcome.ok() && !refused) refused = outcome.error();
    return batch;
  };
  if (!edge::peer::perform_and_wait(ground, work)) return std::nullopt;
  return refused;
}

FileSaid run(Ground& ground, const std::vector<command::Envelope>& commands, FileSaid said) {
  const auto done = run(ground, commands);
  if (!done) return refused_file("desk_no_answer");
  return *done ? refused_by_rule("refused", said.node, **done) : said;
}

// Those that worked on it work here from then on. No number below what was taken in: that has been passed on, and nodes
// that hear of it later would refuse it and all that comes behind it.
FileSaid revoke(Ground& ground, const FileAsk& ask) {
  const std::string& self = ground.self().node;
  if (ask.subject == self) return refused_file("revoke_self", self);
  const std::int64_t known = last_known(ground.reader(), ask.subject);
  FileSaid said;
  said.node = ask.subject;
  said.position = ask.since.value_or(known);
  if (said.position < known) return refused_file("revoke_below", ask.subject, std::to_string(known));
  std::vector<command::Envelope> commands{by_node(node::Revoke{said.position, ask.reason.value_or("")}, ask.subject)};
  said.organisations.emplace();
  const auto directory = ground.directory();
  for (const auto& [id, one] : directory->organisations.organisations) {
    if (one.node != ask.subject || !one.active || ask.stays.value_or(false)) continue;
    commands.push_back(by_node(organisation::PlaceOrganisation{self}, id));
    said.organisations->push_back(id);
  }
  return run(ground, commands, std::move(said));
}

FileSaid place(Ground& ground, const FileAsk& ask) {
  const std::string on = ask.on.value_or("");
  FileSaid said;
  said.node = on;
  said.organisations = {ask.subject};
  return run(ground, {by_node(organisation::PlaceOrganisation{on}, ask.subject)}, std::move(said));
}

}  // namespace

std::map<std::string, FileDesk::Work> register_works(Ground& ground) {
  return {{"node.revoke", [&ground](const FileAsk& ask, const std::string&) { return revoke(ground, ask); }},
          {"organisation.place", [&ground](const FileAsk& ask, const std::string&) { return place(ground, ask); }}};
}

}  // namespace anlan
