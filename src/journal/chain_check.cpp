#include "journal/chain_check.h"

#include <algorithm>

#include "journal/block_check.h"
#include "journal/fact_hash.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

constexpr std::string_view kReference = R"({"sealed":")", kThen = R"(","sm3":")", kEnd = R"("})";
constexpr std::size_t kIdLength = 32, kHexLength = 64;
constexpr Position kFarAway = 1000;  // more facts than that do not vanish one by one: the number itself is wrong

}  // namespace

ChainCheck::ChainCheck(sql::Connection& sql, Report& report) : sql_(sql), report_(report) {
  for (const std::string& node : own_nodes(sql)) own_[node] = 0;
  lost_ = lost(sql);
}

bool NumbersSeen::add(std::int64_t number) {
  if (number < 1) return false;
  auto bit = pages_[number / kPage][static_cast<std::size_t>(number % kPage)];
  const bool fresh = !bit;
  bit = true;
  return fresh;
}

void ChainCheck::add(ProblemKind kind, const Fact& fact, std::string detail) {
  if (report_.problems.size() >= kMostProblems) return;
  report_.problems.push_back({kind, fact.position, fact.stream, fact.type, std::move(detail)});
}

// What cannot be read is counted, and the chain is taken up again behind it.
void ChainCheck::skip(std::string_view why) {
  Fact unknown;
  unknown.position = next_++;
  add(ProblemKind::kUnreadable, unknown, std::string(why));
  linked_ = false;
}

void ChainCheck::see(const Fact& fact) {
  ++report_.facts;
  next_to_it_ = linked_ && fact.position == next_ && last_hash_problem_ == kMostProblems;
  check_position(fact);
  check_link(fact);
  check_hash(fact);
  check_version(fact);
  check_sequence(fact);
  check_references(fact);
  report_.head = fact.hash;
  linked_ = true;
}

// A gap is a fact that is missing. Where the chain begins anew the store was built anew (history.h).
void ChainCheck::check_position(const Fact& fact) {
  if (report_.facts == 1 && linked_ && fact.previous_hash == Hash{}) next_ = fact.position;
  if (fact.position == next_) {
    ++next_;
    return;
  }
  if (fact.position < next_ || fact.position > next_ + kFarAway) {
    add(ProblemKind::kGap, fact, "position, where " + std::to_string(next_) + " was due");
    ++next_;
    return;
  }
  Fact missing;
  missing.position = next_;
  add(ProblemKind::kGap, missing, "up to position " + std::to_string(fact.position - 1));
  next_ = fact.position + 1;
}

// To the hash as it is stored: a changed fact is named once and not all that follow.
void ChainCheck::check_link(const Fact& fact) {
  // Where the fact before was changed it has been told already: either of its hashes will do.
  if (!linked_ || fact.previous_hash == stored_) return;
  if (fact.previous_hash != computed_) {
    add(ProblemKind::kPreviousHash, fact, "previous_hash");
  } else if (last_hash_problem_ < report_.problems.size()) {
    report_.problems[last_hash_problem_].detail = "hash";
  }
}

// Over the fields as they are read.
void ChainCheck::check_hash(const Fact& fact) {
  const Hash before = stored_;
  stored_ = fact.hash;
  computed_ = hash_of(fact);
  last_hash_problem_ = kMostProblems;
  if (computed_ == stored_) return;
  Fact relinked = fact;
  relinked.previous_hash = before;
  if (linked_ && fact.previous_hash != before && hash_of(relinked) == stored_) return;  // told by check_link
  last_hash_problem_ = report_.problems.size();
  add(ProblemKind::kHash, fact, "content");
}

void ChainCheck::check_version(const Fact& fact) {
  auto& version = versions_[fact.stream];
  if (linked_ && fact.version != version + 1) add(ProblemKind::kStreamVersion, fact, "version");
  version = fact.version;
}

// The own node numbers its facts as it appends them. Facts of others are those meant for this node, in the order in
// which they came.
void ChainCheck::check_sequence(const Fact& fact) {
  bool due = true;
  const auto own = own_.find(fact.node);
  if (own == own_.end()) {
    due = sequences_[fact.node].add(fact.node_sequence);
  } else {
    const auto passed_over = [&](const Lost& lost) {
      return lost.covers(fact.node, own->second + 1, fact.node_sequence - 1);
    };
    if (linked_)
      due = fact.node_sequence == own->second + 1 || (!next_to_it_ && fact.node_sequence > own->second) ||
            (fact.node_sequence > own->second && std::ranges::any_of(lost_, passed_over));
    own->second = fact.node_sequence;
  }
  if (!due) add(ProblemKind::kNodeSequence, fact, "node_sequence");
}

// What other nodes have sealed stays with them.
void ChainCheck::check_references(const Fact& fact) {
  if (!own_.contains(fact.node)) return;
  const std::string_view body = fact.body;
  for (auto at = body.find(kReference); at != std::string_view::npos; at = body.find(kReference, at + 1)) {
    const std::string_view rest = body.substr(at + kReference.size());
    const std::size_t hex = kIdLength + kThen.size();
    const bool spelled = rest.size() >= hex + kHexLength + kEnd.size() &&
                         rest.substr(kIdLength, kThen.size()) == kThen &&
                         rest.substr(hex + kHexLength, kEnd.size()) == kEnd;
    if (spelled) {
      check_reference(fact, rest.substr(0, kIdLength), rest.substr(hex, kHexLength));
    } else {
      add(ProblemKind::kSealedMissing, fact, "a reference in another spelling");
    }
  }
}

// Neighbours have given it back, and what was sealed for it went with the lost store.
bool ChainCheck::is_given_back(const Fact& fact) const {
  return std::ranges::any_of(
      lost_, [&](const Lost& lost) { return lost.covers(fact.node, fact.node_sequence, fact.node_sequence); });
}

void ChainCheck::check_reference(const Fact& fact, std::string_view id, std::string_view sm3) {
  auto& entry = sql_.prepare("SELECT sm3 FROM sealed WHERE id = ?");
  entry.bind(id);
  if (!entry.step()) {
    entry.reset();
    if (is_given_back(fact)) return;
    add(ProblemKind::kSealedMissing, fact, std::string(id));
  } else if (crypto::to_hex(entry.blob(0)) != sm3) {
    add(ProblemKind::kSealedChanged, fact, std::string(id));
  }
  entry.reset();
  auto& key = sql_.prepare("SELECT number FROM seal_key WHERE id = ?");
  key.bind(id);
  if (!key.step()) add(ProblemKind::kKeyMissing, fact, std::string(id));
  key.reset();
}

}  // namespace anlan::journal
