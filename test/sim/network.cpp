#include "network.h"

#include <stdexcept>

#include "federation/history.h"
#include "journal/history.h"
#include "main/load.h"

namespace anlan::sim {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kPatience = 40s;
constexpr std::uint64_t kMostInAPiece = 64;
constexpr journal::Position kNotWorthAMessage = 300;  // places passed over

std::string word(command::Receipt receipt) {
  using enum command::Receipt;
  switch (receipt) {
    case kTaken:
      return "taken";
    case kElsewhere:
      return "elsewhere";
    case kEarly:
      return "early";
    case kForked:
      return "forked";
    case kForbidden:
      return "forbidden";
  }
  return {};
}

}  // namespace

const std::vector<view::ScopeRule>& shipped_scope() {
  static const auto rules = [] {
    Mistakes mistakes;
    auto loaded = load_scope(std::string(ANLAN_SOURCE_DIR) + "/data/rules/scope.toml", mistakes);
    if (!mistakes.empty()) throw std::runtime_error("data/rules/scope.toml: " + mistakes.front().code);
    return loaded;
  }();
  return rules;
}

Network::Network(Agenda& agenda, const Instant& now, Watch watch, Counts& counts)
    : agenda_(agenda), now_(now), watch_(std::move(watch)), counts_(counts) {}

void Network::reseed(std::uint64_t seed) {
  for (auto& way : ways_) way->chance = Chance(++seed * 6364136223846793005u);
}

void Network::connect(Node& child, Node& parent) {
  add_way(child, parent, child.id());
  add_way(parent, child, child.id());
}

// Each way has its own luck from the beginning.
void Network::add_way(Node& from, Node& to, const std::string& line) {
  ways_.push_back(std::make_unique<Way>(&from, &to, line));
  ways_.back()->chance = Chance(ways_.size());
}

void Network::cut(const std::string& child) {
  const bool held = std::ranges::any_of(ways_, [&](const auto& way) {
    return way->line == child && (lost_.contains(way->from) || lost_.contains(way->to));
  });
  if (!held && cut_.insert(child).second) ++counts_["cut"];
}

void Network::heal(const std::string& child) {
  cut_.erase(child);
  for (auto& way : ways_)
    if (way->line == child) {
      way->waiting = false;
      plan(*way, latency(*way));
    }
}

void Network::heal_all() {
  for (const auto& line : std::set<std::string>(cut_)) heal(line);
}

void Network::stir(Node& node) {
  for (auto& way : ways_)
    if (way->from == &node) plan(*way, latency(*way));
}

void Network::forget(Node& node) {
  for (auto& way : ways_) {
    if (way->from == &node) way->cursor = {};
    if (way->from == &node || way->to == &node) {
      way->waiting = false;
      plan(*way, latency(*way));
    }
  }
}

Milliseconds Network::latency(Way& way) { return Milliseconds(static_cast<std::int64_t>(20 + way.chance.below(2000))); }

bool Network::happens(Way& way, std::uint64_t one_in, const char* what) {
  const bool so = one_in != 0 && way.chance.one_in(one_in);
  if (so) ++counts_[what];
  return so;
}

void Network::plan(Way& way, Milliseconds wait) {
  if (way.due) return;
  way.due = true;
  agenda_.at(now_ + wait, [this, &way] {
    way.due = false;
    send(way);
  });
}

// One piece is under way at a time; who waits for its receipt in vain sends again.
void Network::send(Way& way) {
  if (way.waiting || !carries(way)) return;
  if (happens(way, weather.forgotten, "forgotten place")) way.cursor = {};
  view::Outgoing piece;
  Message message;
  try {
    if (!compare(way)) return;
    piece = next_piece(way);
    message = packed(way, piece);
  } catch (const sql::Error&) {
    watch_.failed(*way.from);
    return;
  }
  const bool ahead = !piece.facts.empty() && piece.upto == way.cursor;
  if (piece.facts.empty() && !piece.more && piece.upto.since < way.cursor.since + kNotWorthAMessage) return;
  if (piece.upto == way.cursor && !ahead) return;
  way.waiting = true;
  const auto number = ++way.number;
  post(way, message, number);
  agenda_.at(now_ + kPatience, [this, &way, number] {
    if (!way.waiting || way.number != number) return;
    way.waiting = false;
    send(way);
  });
}

// Now and then what goes first, however short the backlog is.
view::Outgoing Network::next_piece(Way& way) {
  auto& sql = way.from->sql();
  const auto directory = way.from->directory();
  const std::size_t limit = 1 + way.chance.below(kMostInAPiece);
  if (happens(way, weather.ahead, "asked what goes first")) {
    auto first = view::going_first(sql, directory, shipped_scope(), way.from->id(), way.to->id(), way.cursor, 0, limit);
    if (!first.facts.empty()) {
      ++counts_["told what goes first"];
      return first;
    }
  }
  return view::outgoing(sql, directory, shipped_scope(), way.from->id(), way.to->id(), way.cursor, limit);
}

Message Network::packed(Way& way, view::Outgoing piece) {
  Node& from = *way.from;
  if (!signs) return {{from.id(), way.cursor, piece.upto, std::move(piece.facts)}, {}};
  if (federation::needs_sealing(from.sql(), from.id(), piece.facts)) from.seal();
  return {{}, federation::to_bytes(federation::make_batch(from.sql(), from.id(), way.cursor, piece))};
}

std::optional<command::Delivery> Network::unpacked(Way& way, Message message) {
  if (message.bytes.empty()) return std::move(message.delivery);
  const auto& nodes = way.to->directory().nodes;
  auto opened = federation::opened(message.bytes, way.from->id(), [&](const std::string& id) {
    if (const auto* node = nodes.find(id)) return std::optional(node->public_key);
    const auto told = std::ranges::find_if(ways_, [&](const auto& one) { return one->from->id() == id; });
    return told == ways_.end() ? std::nullopt : std::optional((*told)->from->public_key());  // when it joined
  });
  if (!opened.ok()) {
    watch_.wrong(way.to->id() + " cannot prove what " + way.from->id() + " sends: " + opened.error().what);
    return std::nullopt;
  }
  return std::move(*opened);
}

void Network::post(Way& way, const Message& message, std::uint64_t number) {
  if (happens(way, weather.lost, "lost delivery")) return;
  const int copies = happens(way, weather.doubled, "doubled delivery") ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    Milliseconds wait = latency(way);
    if (happens(way, weather.late, "late delivery"))
      wait += Milliseconds(static_cast<std::int64_t>(way.chance.below(7'200'000)));
    agenda_.at(now_ + wait, [this, &way, message, number, process = way.process] {
      if (way.process == process) arrive(way, message, number);
    });
  }
}

void Network::arrive(Way& way, Message message, std::uint64_t number) {
  if (!carries(way)) {
    ++counts_["delivery into nothing"];
    return;
  }
  auto read = unpacked(way, std::move(message));
  if (!read) return;
  if (std::ranges::any_of(read->facts, [&](const journal::Fact& fact) { return fact.node == way.to->id(); }))
    watch_.wrong(way.from->id() + " hands back to " + way.to->id() + " what it has recorded itself");
  command::Executor::Taken taken;
  try {
    taken = way.to->take_in(std::move(*read));
  } catch (const sql::Error&) {
    watch_.failed(*way.to);
    return;
  }
  ++counts_["delivery"];
  if (number != way.number) ++counts_["delivery after a newer one"];
  if (!taken.batch.facts.empty()) watch_.took(*way.to);
  if (!judge(way, taken)) {
    // Nothing more goes this way until a process starts anew or the line is mended; what waits for another line of a
    // restored node is sent again.
    if (taken.receipt != command::Receipt::kEarly || !lost_.contains(way.to)) ++way.number;
    return;
  }
  if (happens(way, weather.lost, "lost receipt")) return;
  const Answer answer{taken.receipt, taken.upto};
  agenda_.at(now_ + latency(way), [this, &way, answer, number] { answered(way, answer, number); });
}

bool Network::judge(Way& way, const command::Executor::Taken& taken) {
  using enum command::Receipt;
  if (taken.receipt == kTaken || taken.receipt == kElsewhere) return true;
  ++counts_["receipt " + word(taken.receipt)];
  if (lost_.contains(way.to)) return false;  // what its lost history had answered waits until it is resumed
  watch_.wrong(way.to->id() + " answers " + way.from->id() + " with " + word(taken.receipt) + ": " + taken.what);
  return false;
}

void Network::answered(Way& way, Answer answer, std::uint64_t number) {
  if (!carries(way) || way.number != number || !way.waiting) return;
  way.cursor = answer.upto;
  way.waiting = false;
  try {
    countersign(way);
  } catch (const sql::Error&) {
    return watch_.failed(*way.from);
  }
  send(way);
}

// With the answer to what it has taken.
void Network::countersign(Way& way) {
  if (!signs) return;
  Node &from = *way.from, &to = *way.to;
  const auto seen = federation::seen_of(to.sql(), to.self(), from.id(), to.clock.now());
  if (!seen) return;
  if (const auto wrong = federation::keep_witness(from.sql(), *seen, from.id(), to.id(), to.public_key()))
    watch_.wrong(*wrong);
}

void Network::lost_store(Node& node) {
  lost_.insert(&node);
  for (auto& way : ways_) {
    if (way->from != &node && way->to != &node) continue;
    cut_.erase(way->line);
    if (way->from == &node)
      way->compared = false, ++way->process;
    else
      way->cursor = {};  // they ask where it has read to when its process is there again
  }
}

bool Network::compare(Way& way) {
  if (!lost_.contains(way.from)) return true;
  Node &from = *way.from, &to = *way.to;
  if (!way.compared) {
    const auto seen = federation::seen_of(to.sql(), to.self(), from.id(), to.clock.now());
    if (federation::knows_more(from.sql(), from.id(), journal::received(to.sql(), from.id()), seen)) {
      from.sql().begin();
      journal::note_ahead(from.sql(), to.id(), from.clock.now());
      from.sql().commit();
    }
    way.compared = true;
  }
  const bool all = std::ranges::all_of(ways_, [&](const auto& one) { return one->from != &from || one->compared; });
  return all && !journal::is_behind(from.sql());
}

bool Network::give_back(Node& node) {
  for (auto& way : ways_) {
    if (way->from != &node) continue;
    Node& neighbour = *way->to;
    if (!way->compared || !neighbour.up()) return false;
    while (const auto after = federation::missing_from(node.sql(), node.id(), neighbour.id())) {
      const auto bytes = federation::history_of(neighbour.sql(), neighbour.id(), node.id(), *after);
      std::vector<journal::Part> parts;
      if (!bytes.empty()) parts = federation::history_in(bytes, neighbour.id(), node.id(), node.public_key()).value();
      federation::keep_history(node.sql(), neighbour.id(), bytes, parts, node.clock.now());
    }
  }
  return true;
}

void Network::resumed(Node& node) { lost_.erase(&node); }

std::string Network::left_over() {
  for (auto& way : ways_) {
    const auto after = journal::received(way->to->sql(), way->from->id());
    const auto piece = view::outgoing(way->from->sql(), way->from->directory(), shipped_scope(), way->from->id(),
                                      way->to->id(), after, 1);
    if (!piece.facts.empty())
      return way->from->id() + " still has " + piece.facts.front().type + " " + piece.facts.front().stream + " for " +
             way->to->id();
  }
  return {};
}

}  // namespace anlan::sim
