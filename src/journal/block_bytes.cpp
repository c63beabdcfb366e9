#include "journal/block_bytes.h"

#include <algorithm>
#include <utility>

#include "base/result.h"
#include "base/text.h"

namespace anlan::journal {
namespace {

constexpr std::uint8_t kForm = 1;
constexpr std::size_t kMostSignature = 128;  // SM2 in DER takes at most 72
constexpr std::int64_t kEndOfTime = 253'402'300'799'999, kBeginOfTime = -62'135'596'800'000;  // 9999-12-31, 0001-01-01

class Put {
 public:
  void byte(std::uint8_t value) { out_ += static_cast<char>(value); }
  // Seven bits a byte, the lowest first; all but the last have the highest bit set.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }
  // 0, -1, 1, -2 … are 0, 1, 2, 3 …
  void moment(Instant t) {
    const std::int64_t ms = to_ms(t);
    number((static_cast<std::uint64_t>(ms) << 1) ^ static_cast<std::uint64_t>(ms >> 63));
  }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  void hash(const Hash& hash) { out_ += crypto::text_of(hash); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Reads what Put writes. After the first fault everything is empty or 0, so that it need be asked for once.
class Get {
 public:
  explicit Get(std::string_view bytes) : rest_(bytes) {}

  bool good() const { return good_; }
  bool ended() const { return good_ && rest_.empty(); }

  std::uint8_t byte() {
    const auto one = bytes(1);
    return one.empty() ? 0 : static_cast<std::uint8_t>(one.front());
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; good_ && shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      // A last byte of nothing is a longer form of the same number; the tenth has room for one bit.
      if ((next == 0 && shift > 0) || (shift == 63 && next > 1)) break;
      value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
      if (next < 0x80) return good_ ? value : 0;
    }
    good_ = false;
    return 0;
  }
  // From 1 on.
  std::int64_t ordinal() {
    const std::uint64_t value = number();
    require(value >= 1 && value <= static_cast<std::uint64_t>(kLastSequence));
    return good_ ? static_cast<std::int64_t>(value) : 0;
  }
  Instant moment() {
    const std::uint64_t value = number();
    const auto ms = static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
    require(ms >= kBeginOfTime && ms <= kEndOfTime);
    return from_ms(good_ ? ms : 0);
  }
  std::string_view counted(std::size_t most) {
    const std::uint64_t size = number();
    require(size <= most);
    return good_ ? bytes(static_cast<std::size_t>(size)) : std::string_view();
  }
  std::string text(std::size_t most = kMostTextBytes) {
    const std::string_view value = counted(most);
    require(is_utf8(value) && value.find('\0') == std::string_view::npos);
    return good_ ? std::string(value) : std::string();
  }
  Hash hash() {
    Hash hash{};
    std::ranges::copy(crypto::bytes_of(bytes(hash.size())), hash.begin());
    return hash;
  }
  void require(bool holds) { good_ = good_ && holds; }

 private:
  std::string_view bytes(std::size_t size) {
    require(size <= rest_.size());
    if (!good_) return {};
    const std::string_view front = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return front;
  }

  std::string_view rest_;
  bool good_ = true;
};

void put(Put& out, const Block& block) {
  const BlockHeader& header = block.header;
  out.text(header.node);
  out.number(static_cast<std::uint64_t>(header.first));
  out.byte(static_cast<std::uint8_t>(header.count() - 1));
  out.hash(header.root);
  if (header.first > 1) out.hash(header.previous);
  out.text(crypto::text_of(block.signature));
}

Block block_in(Get& in) {
  Block block;
  BlockHeader& header = block.header;
  header.node = in.text();
  header.first = in.ordinal();
  header.last = header.first + in.byte();
  header.root = in.hash();
  if (header.first > 1) header.previous = in.hash();
  const auto signature = crypto::bytes_of(in.counted(kMostSignature));
  block.signature.assign(signature.begin(), signature.end());
  in.require(well_formed(header));
  return block;
}

// `skipped`: sequences left out before it.
void put(Put& out, const Fact& fact, std::int64_t skipped) {
  out.number(static_cast<std::uint64_t>(skipped));
  out.text(fact.stream);
  out.number(static_cast<std::uint64_t>(fact.version));
  out.text(fact.type);
  out.moment(fact.occurred_at);
  out.moment(fact.recorded_at);
  for (const std::string* text : {&fact.actor, &fact.cause, &fact.world, &fact.body}) out.text(*text);
}

Fact fact_in(Get& in, const BlockHeader& header, std::int64_t before) {
  Fact fact;
  fact.node = header.node;
  const std::uint64_t skipped = in.number();
  in.require(skipped < static_cast<std::uint64_t>(header.last - before));
  if (in.good()) fact.node_sequence = before + 1 + static_cast<std::int64_t>(skipped);
  fact.stream = in.text();
  fact.version = in.ordinal();
  fact.type = in.text();
  fact.occurred_at = in.moment();
  fact.recorded_at = in.moment();
  fact.actor = in.text();
  fact.cause = in.text();
  fact.world = in.text();
  fact.body = in.text(kMostBodyBytes);
  return fact;
}

}  // namespace

std::string to_bytes(const Part& part) {
  ANLAN_ASSERT(runs_of(part).has_value());
  Put out;
  out.byte(kForm);
  put(out, part.block);
  out.number(part.facts.size());
  std::int64_t before = part.block.header.first - 1;
  for (const Fact& fact : part.facts) {
    put(out, fact, fact.node_sequence - before - 1);
    before = fact.node_sequence;
  }
  for (const Hash& hash : part.hashes) out.hash(hash);
  return out.take();
}

std::optional<Part> part_in(std::string_view bytes) {
  if (bytes.size() > kMostPartBytes) return std::nullopt;
  Get in(bytes);
  in.require(in.byte() == kForm);
  Part part;
  part.block = block_in(in);
  const BlockHeader& header = part.block.header;
  std::int64_t before = header.first - 1;
  for (std::uint64_t left = in.number(); left > 0 && in.good(); --left) {
    before = part.facts.emplace_back(fact_in(in, header, before)).node_sequence;
  }
  if (!in.good()) return std::nullopt;
  // How many hashes there are follows from the facts that are there.
  const std::size_t hashes = left_out(header, sequences_of(part.facts)).size();
  for (std::size_t i = 0; i < hashes; ++i) part.hashes.push_back(in.hash());
  if (!in.ended()) return std::nullopt;
  return part;
}

}  // namespace anlan::journal
