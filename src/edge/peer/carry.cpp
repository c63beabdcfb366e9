#include "edge/peer/carry.h"

#include <algorithm>
#include <set>

#include "journal/history.h"

namespace anlan::edge::peer {
namespace {

using federation::CarryFault;
using journal::Place;

// To whom and from whom files go: one above or below, over whichever levels, that the register has and has not revoked.
std::optional<CarryRefused> not_in_line(Ground& ground, const std::string& name) {
  const auto directory = ground.directory();
  const auto& nodes = directory->nodes;
  const std::string& self = ground.self().node;
  const auto* other = nodes.find(name);
  if (!other || (!nodes.stands_above(name, self) && !nodes.stands_above(self, name)))
    return CarryRefused{"carry_no_neighbour", {{"node", name}}};
  if (other->last_sequence) return CarryRefused{"carry_revoked", {{"node", name}}};
  return std::nullopt;
}

const char* code_of(CarryFault fault) {
  switch (fault) {
    case CarryFault::kNoCarry:
      return "carry_no_file";
    case CarryFault::kNewer:
      return "carry_newer";
    case CarryFault::kCut:
      return "carry_cut";
    default:
      return "carry_altered";
  }
}

class Out {
 public:
  Out(Ground& ground, const std::string& neighbour, federation::CarryWriter& file)
      : ground_(ground), neighbour_(neighbour), file_(file) {}

  Result<Done> write(Place after) {
    out_ = {after, after};
    if (auto begun = file_.begin(place()); !begun.ok()) return begun;
    const journal::Position last = ground_.position();  // what is recorded meanwhile is for the next file
    for (Place from = after; from < Place{last, last};) {
      const auto piece = piece_for(ground_, neighbour_, out_.upto, from, {});
      if (piece.bytes.empty()) return Failure{"the node does not answer"};
      if (piece.facts > 0)
        if (auto written = add(piece); !written.ok()) return written;
      from = piece.upto;
      if (!piece.more) break;
    }
    return file_.end({out_.batches, out_.facts, out_.upto.since, out_.upto.position});
  }
  const CarriedOut& out() const { return out_; }

 private:
  federation::CarriedPlace place() {
    auto& sql = ground_.reader();
    const auto read = journal::received(sql, neighbour_);
    const auto seen = federation::seen_of(sql, ground_.self(), neighbour_, ground_.clock().now());
    return {read.since, read.position, seen ? federation::to_text(*seen) : std::string()};
  }
  Result<Done> add(const federation::Piece& piece) {
    ++out_.batches;
    out_.facts += static_cast<std::int64_t>(piece.facts);
    out_.upto = piece.upto;
    return file_.batch(piece.bytes);
  }

  Ground& ground_;
  const std::string& neighbour_;
  federation::CarryWriter& file_;
  CarriedOut out_;
};

// The records of a file that was found sound.
class In {
 public:
  In(Ground& ground, const federation::CarryHead& head) : ground_(ground), made_at_(head.made_at) {
    in_.sender = head.sender;
    in_.made_at = head.made_at;
    in_.upto = received();
  }

  CarriedIn read(federation::CarryRecords records) {
    for (bool ended = false; !ended && !in_.ended;) {
      const auto record = records.next();
      if (!record) {
        in_.ended = CarryRefused{"carry_altered"};
        break;
      }
      if (const auto* place = std::get_if<federation::CarriedPlace>(&*record)) note(*place);
      if (const auto* batch = std::get_if<std::string>(&*record)) take(*batch);
      ended = std::holds_alternative<federation::CarriedEnd>(*record);
    }
    return std::move(in_);
  }

 private:
  Place received() { return journal::received(ground_.reader(), in_.sender); }

  // Waited for: whoever carries a file back at once wants it to begin behind this place.
  void note(const federation::CarriedPlace& place) {
    const auto work = [this, place](command::Executor&, sql::Connection& sql) {
      sql.begin();
      journal::note_read_by(sql, in_.sender, {place.since, place.position}, made_at_);
      sql.commit();
      return command::Executor::Batch{};
    };
    if (!perform_and_wait(ground_, work)) in_.ended = CarryRefused{"desk_no_answer"};
    const Place read_to{place.since, place.position};
    const bool more =
        note_seen(ground_, in_.sender, read_to, place.witness.empty() ? std::nullopt : std::optional(place.witness));
    if (more || journal::is_behind(ground_.reader())) in_.ended = CarryRefused{"carry_ahead", {{"node", in_.sender}}};
  }

  void take(const std::string& bytes) {
    const auto batch = federation::batch_in(bytes);
    if (!batch || batch->sender != in_.sender) return refuse("bytes that are no batch of the sender");
    const auto facts = static_cast<std::int64_t>(batch->order.size());
    ++in_.batches;
    in_.upto = received();
    if (batch->upto <= in_.upto) {
      in_.known += facts;
      return;
    }
    if (batch->after > in_.upto) {
      in_.ended = CarryRefused{"carry_gap", {{"node", in_.sender}}};
      return;
    }
    auto delivery = federation::proved(*batch, [this](const std::string& node) { return ground_.key_of(node); });
    if (!delivery.ok()) return refuse(delivery.error().origin + ": " + delivery.error().what);
    perform(std::move(*delivery), bytes, facts);
  }

  void perform(command::Delivery delivery, const std::string& bytes, std::int64_t facts) {
    std::set<std::pair<std::string, std::int64_t>> brought;
    for (const auto& fact : delivery.facts) brought.emplace(fact.node, fact.node_sequence);
    command::Executor::Taken taken;
    const auto work = [&](command::Executor& executor, sql::Connection& sql) {
      taken = federation::take(executor, sql, delivery, bytes, ground_.clock().now());
      return taken.batch;
    };
    if (!perform_and_wait(ground_, work)) {
      in_.ended = CarryRefused{"desk_no_answer"};
      return;
    }
    if (taken.receipt != command::Receipt::kTaken && taken.receipt != command::Receipt::kElsewhere)
      return refuse(taken.what);
    const auto fresh = std::ranges::count_if(taken.batch.facts, [&](const journal::Fact& f) {
      return brought.contains({f.node, f.node_sequence});
    });
    const auto counted = taken.receipt == command::Receipt::kTaken ? fresh : 0;
    in_.taken += counted;
    in_.known += facts - counted;
    in_.upto = taken.upto;
  }

  void refuse(const std::string& what) {
    ground_.log("carry: " + in_.sender + ": " + what);
    in_.ended = CarryRefused{"carry_refused", {{"node", in_.sender}, {"what", what}}};
  }

  Ground& ground_;
  const Instant made_at_;
  CarriedIn in_;
};

}  // namespace

Result<CarriedOut, CarryRefused> carry_out(Ground& ground, const std::string& neighbour, std::optional<Place> after,
                                           federation::CarryWriter::Sink sink) try {
  if (auto no = not_in_line(ground, neighbour)) return *no;
  const journal::Position last = ground.position();
  if (after && (after->since > last || after->position > after->since))
    return CarryRefused{"carry_no_such_place", {{"what", std::to_string(last)}}};
  const Place from = after.value_or(journal::read_by(ground.reader(), neighbour));
  if (journal::is_behind(ground.reader()) || from.since > last)
    return CarryRefused{"carry_ahead", {{"node", neighbour}}};
  federation::CarryWriter file(std::move(sink), ground.self(), neighbour, ground.key_of(neighbour).value_or(""),
                               ground.clock().now(), ground.random());
  Out out(ground, neighbour, file);
  if (const auto written = out.write(from); !written.ok())
    return CarryRefused{"desk_failed", {{"what", written.error().what}}};
  return out.out();
} catch (const std::invalid_argument&) {
  return CarryRefused{"carry_no_key", {{"node", neighbour}}};
}

Result<CarriedIn, CarryRefused> carry_in(Ground& ground, const std::function<federation::Source()>& begin) {
  const auto key_of = [&](const std::string& node) { return ground.key_of(node); };
  const auto checked = federation::check(begin(), key_of);
  const auto& head = checked.head;
  if (!head.receiver.empty() && head.receiver != ground.self().node)
    return CarryRefused{"carry_other", {{"node", head.receiver}, {"sender", head.sender}}};
  if (!head.sender.empty() && !key_of(head.sender)) return CarryRefused{"carry_no_neighbour", {{"node", head.sender}}};
  if (checked.fault != CarryFault::kNone) return CarryRefused{code_of(checked.fault)};
  if (auto no = not_in_line(ground, head.sender)) return *no;
  auto records = federation::CarryRecords::open(begin(), ground.self());
  if (!records) return CarryRefused{"carry_other_key", {{"sender", head.sender}}};
  return In(ground, head).read(std::move(*records));
}

}  // namespace anlan::edge::peer
