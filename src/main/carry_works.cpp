#include "main/carry_works.h"

#include "edge/peer/carry.h"
#include "platform/machine/stream.h"

namespace anlan {
namespace {

FileSaid said_of(const edge::peer::CarryRefused& refused) {
  const auto value = [&](const char* name) {
    const auto found = refused.values.find(name);
    return found == refused.values.end() ? std::string() : found->second;
  };
  FileSaid said = refused_file(refused.code, value("node"), value("what"));
  said.sender = value("sender");
  return said;
}

FileSaid carry_out(edge::peer::Ground& ground, const FileAsk& ask, const std::string& file) {
  auto writer = machine::FileWriter::create(file, machine::Readers::kOwner);
  if (!writer.ok()) return refused_file("desk_failed", {}, writer.error().what);
  std::optional<journal::Place> after;
  if (ask.since && ask.position) after = {*ask.since, *ask.position};
  const auto out =
      edge::peer::carry_out(ground, ask.subject, after, [&](std::string_view bytes) { return writer->write(bytes); });
  if (!out.ok()) return said_of(out.error());
  if (const auto finished = writer->finish(); !finished.ok())
    return refused_file("desk_failed", {}, finished.error().what);
  FileSaid said;
  said.node = ask.subject;
  said.batches = out->batches;
  said.facts = out->facts;
  said.after_since = out->after.since;
  said.after_position = out->after.position;
  said.since = out->upto.since;
  said.position = out->upto.position;
  return said;
}

FileSaid carry_in(edge::peer::Ground& ground, const std::string& file) {
  const auto begin = [&]() -> federation::Source {
    auto reader = machine::FileReader::open(file);
    if (!reader.ok()) return [](std::size_t) { return std::string(); };
    return [reader = *reader](std::size_t most) mutable { return reader.read(most); };
  };
  const auto in = edge::peer::carry_in(ground, begin);
  if (!in.ok()) return said_of(in.error());
  FileSaid said = in->ended ? said_of(*in->ended) : FileSaid{};
  said.sender = in->sender;
  said.made_at = in->made_at;
  said.batches = in->batches;
  said.facts = in->taken;
  said.known = in->known;
  said.since = in->upto.since;
  said.position = in->upto.position;
  return said;
}

}  // namespace

std::map<std::string, FileDesk::Work> carry_works(edge::peer::Ground& ground) {
  return {
      {"carry.out", [&ground](const FileAsk& ask, const std::string& file) { return carry_out(ground, ask, file); }},
      {"carry.in", [&ground](const FileAsk&, const std::string& file) { return carry_in(ground, file); }}};
}

}  // namespace anlan
