#include <charconv>

#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/file_desk.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// What `carry` was given.
struct Carried {
  std::string node, file, since;
};

std::string place_text(std::int64_t since, std::int64_t position) {
  return std::to_string(since) + "/" + std::to_string(position);
}

bool read_number(std::string_view text, std::optional<std::int64_t>& into) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  into = value;
  return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

// As it was shown by `carry in`.
bool read_place(const std::string& text, FileAsk& ask) {
  const auto slash = text.find('/');
  return slash != std::string::npos && read_number(std::string_view(text).substr(0, slash), ask.since) &&
         read_number(std::string_view(text).substr(slash + 1), ask.position);
}

Texts::Values values_of(const FileSaid& said, const Configuration& c, const std::string& file) {
  return {{"file", file},
          {"folder", c.data},
          {"node", said.node},
          {"sender", said.sender},
          {"what", said.what},
          {"made_at", said.made_at ? to_rfc3339(*said.made_at) : std::string()},
          {"facts", std::to_string(said.facts)},
          {"known", std::to_string(said.known)},
          {"after", place_text(said.after_since, said.after_position)},
          {"upto", place_text(said.since, said.position)}};
}

// What was taken in before a refusal is told too, where anything was looked at.
int show(const Program& program, const Configuration& c, const FileSaid& said, const std::string& file, bool out) {
  const auto values = values_of(said, c, file);
  if (program.json()) program.print(json::to_text(said));
  if (!said.refused.empty()) {
    if (!program.json() && !out && said.batches > 0) program.say("carried_in", values);
    program.complain(said.refused, values);
    return kFailure;
  }
  if (!program.json())
    program.say(!out ? "carried_in" : said.batches > 0 ? "carried_out" : "carried_out_nothing", values);
  return kSuccess;
}

int carry(const Program& program, const Carried& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  FileAsk ask;
  const bool out = !given.node.empty();
  ask.work = out ? "carry.out" : "carry.in";
  ask.subject = given.node;
  if (!given.since.empty() && !read_place(given.since, ask)) return program.complain("carry_place"), kUsage;
  if (!program.is_whole_node(c->store())) return kFailure;
  machine::keep_files_private();
  machine::keep_stop_signals();
  crypto::SystemRandom random;
  const auto said = ask_desk(*c, ask, out ? Way::kFetch : Way::kBring, given.file, random);
  if (!said.ok()) return program.fail(said.error());
  return show(program, *c, *said, given.file, out);
}

}  // namespace

void add_carry_command(CLI::App& app, Program& program) {
  auto given = std::make_shared<Carried>();
  CLI::App* above = program.add(app, "carry", "carry", nullptr);
  above->require_subcommand(1);
  const auto work = [&program, given] { return carry(program, *given); };
  CLI::App* out = program.add(*above, "out", "carry_out", work);
  out->add_option("NODE", given->node, program.help("carry_out_node"))->required();
  out->add_option("FILE", given->file, program.help("carry_out_file"))->required();
  out->add_option("--since", given->since, program.help("carry_since"));
  CLI::App* in = program.add(*above, "in", "carry_in", work);
  in->add_option("FILE", given->file, program.help("carry_in_file"))->required();
  for (CLI::App* one : {out, in}) {
    program.add_configuration(*one);
    program.add_json(*one);
  }
}

}  // namespace anlan::cli
