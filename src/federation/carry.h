#pragma once
// A run of batches as a file that a person carries from a node to its neighbour: sealed for the receiver, signed by the
// sender. The format is in docs/carry-format.md.

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/random.h"
#include "base/result.h"
#include "federation/carry_bytes.h"
#include "federation/exchange.h"

namespace anlan::federation {

// The first record: how far the sender has read what the receiver has for it.
struct CarriedPlace {
  std::int64_t since = 0, position = 0;
  std::string witness;  // to_text(); empty where the sender has seen no block of the receiver
  static constexpr auto fields = std::tuple{field("since", &CarriedPlace::since, journal::kLastSequence),
                                            field("position", &CarriedPlace::position, journal::kLastSequence),
                                            field("witness", &CarriedPlace::witness, 2000)};
};

// The last record.
struct CarriedEnd {
  std::int64_t batches = 0, facts = 0;
  std::int64_t since = 0, position = 0;  // all that is for the receiver up to here is told
  static constexpr auto fields = std::tuple{field("batches", &CarriedEnd::batches, journal::kLastSequence),
                                            field("facts", &CarriedEnd::facts, journal::kLastSequence),
                                            field("since", &CarriedEnd::since, journal::kLastSequence),
                                            field("position", &CarriedEnd::position, journal::kLastSequence)};
};

// Writes a file from its beginning to its end: the place, batches, the end. After a failure it is of no more use.
class CarryWriter {
 public:
  using Sink = std::function<Result<Done>(std::string_view bytes)>;
  // Throws std::invalid_argument where the receiver's key is none.
  CarryWriter(Sink, const Self&, std::string receiver, const std::string& its_public_key, Instant now, Random&);

  Result<Done> begin(const CarriedPlace&);
  Result<Done> batch(const std::string& bytes);
  Result<Done> end(const CarriedEnd&);

 private:
  Result<Done> write(std::string_view bytes);
  Result<Done> record(std::string_view plain);

  Sink sink_;
  const Self& self_;
  Random& random_;
  CarryHead head_;
  crypto::Key key_;
  crypto::Sm3 sm3_;
  std::size_t records_ = 0;
};

// Reads all of it: who made it and for whom, where its form holds and its signature is of the key that `key_of` gives
// for the sender. The fault is kMalformed where the signature is another one.
struct CarryChecked {
  CarryFault fault = CarryFault::kNone;
  CarryHead head;  // nothing in it is proved where there is a fault
};
CarryChecked check(const Source&, const KeyOf&);

// The records of a file that check() found sound, opened one by one.
class CarryRecords {
 public:
  // Nullopt where the file is not for this key.
  static std::optional<CarryRecords> open(const Source&, const Self&);

  // std::string: a batch. Nullopt where the record is not what stands at its place; nothing stands behind CarriedEnd.
  using Record = std::variant<CarriedPlace, std::string, CarriedEnd>;
  std::optional<Record> next();

 private:
  CarryRecords(CarryFields fields, CarryHead head, crypto::Key key)
      : fields_(std::move(fields)), head_(std::move(head)), key_(key) {}

  CarryFields fields_;
  CarryHead head_;
  crypto::Key key_;
  std::size_t records_ = 0;
  bool ended_ = false;
};

}  // namespace anlan::federation
