#include "federation/carry.h"

#include <algorithm>

#include "codec/json_read.h"
#include "codec/json_write.h"

namespace anlan::federation {
namespace {

constexpr char kPlace = 'p', kBatch = 'b', kEnd = 'e';

std::string context_of(const CarryHead& head, std::size_t number) {
  return "anlan.carry.1 " + head.sender + " " + head.receiver + " " + std::to_string(number);
}

template <class T>
std::optional<CarryRecords::Record> described(std::string_view text) {
  const auto read = json::from_text<T>(text, json::Unknown::kPassedOver);
  return read.ok() ? std::optional<CarryRecords::Record>(*read) : std::nullopt;
}

CarryFault signature_fault(const CarryHead& head, std::span<const std::byte> digest, const std::string& signature,
                           const KeyOf& key_of) try {
  const auto key = key_of(head.sender);
  const bool signs = key && crypto::Sm2PublicKey(*key).verify(digest, crypto::bytes_of(signature));
  return signs ? CarryFault::kNone : CarryFault::kMalformed;
} catch (const std::invalid_argument&) {
  return CarryFault::kMalformed;
}

}  // namespace

CarryWriter::CarryWriter(Sink sink, const Self& self, std::string receiver, const std::string& its_public_key,
                         Instant now, Random& random)
    : sink_(std::move(sink)),
      self_(self),
      random_(random),
      head_{self.node, std::move(receiver), now, {}},
      key_(crypto::random_key(random)) {
  head_.key = crypto::Sm2PublicKey(its_public_key).encrypt(key_);
}

Result<Done> CarryWriter::write(std::string_view bytes) {
  sm3_.update(bytes);
  return sink_(bytes);
}

Result<Done> CarryWriter::record(std::string_view plain) {
  const auto sealed = crypto::seal(key_, context_of(head_, records_++), crypto::bytes_of(plain), random_);
  return write(to_field(crypto::text_of(sealed)));
}

Result<Done> CarryWriter::begin(const CarriedPlace& place) {
  if (auto written = write(to_bytes(head_)); !written.ok()) return written;
  return record(kPlace + json::to_text(place));
}

Result<Done> CarryWriter::batch(const std::string& bytes) { return record(kBatch + bytes); }

Result<Done> CarryWriter::end(const CarriedEnd& end) {
  if (auto written = record(kEnd + json::to_text(end)); !written.ok()) return written;
  if (auto written = write(to_field({})); !written.ok()) return written;
  return sink_(to_field(crypto::text_of(self_.key.sign(sm3_.finish()))));
}

CarryChecked check(const Source& source, const KeyOf& key_of) {
  CarryFields fields(source);
  CarryChecked checked;
  auto head = fields.head();
  if (head) checked.head = std::move(*head);
  for (auto record = fields.record(); record && !record->empty();) record = fields.record();
  const auto signature = fields.signature();
  checked.fault = fields.fault();
  if (signature && checked.fault == CarryFault::kNone)
    checked.fault = signature_fault(checked.head, fields.digest(), *signature, key_of);
  return checked;
}

std::optional<CarryRecords> CarryRecords::open(const Source& source, const Self& self) {
  CarryFields fields(source);
  auto head = fields.head();
  const auto key = head ? self.key.decrypt(head->key) : std::nullopt;
  crypto::Key held;
  if (!key || key->size() != held.size()) return std::nullopt;
  std::ranges::copy(*key, held.begin());
  return CarryRecords(std::move(fields), std::move(*head), held);
}

std::optional<CarryRecords::Record> CarryRecords::next() {
  if (ended_) return std::nullopt;
  const auto sealed = fields_.record();
  const std::size_t number = records_++;
  const auto plain = sealed ? crypto::unseal(key_, context_of(head_, number), crypto::bytes_of(*sealed)) : std::nullopt;
  if (!plain || plain->empty()) return std::nullopt;
  const std::string_view text = crypto::text_of(*plain).substr(1);
  const char letter = crypto::text_of(*plain).front();
  if ((letter == kPlace) != (number == 0)) return std::nullopt;
  if (letter == kPlace) return described<CarriedPlace>(text);
  if (letter == kBatch) return Record(std::string(text));
  ended_ = letter == kEnd;
  return ended_ ? described<CarriedEnd>(text) : std::nullopt;
}

}  // namespace anlan::federation
