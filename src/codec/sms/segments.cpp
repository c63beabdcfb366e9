#include "codec/sms/segments.h"

#include <algorithm>

#include "base/text.h"
#include "codec/sms/octets.h"

namespace anlan::sms {
namespace {

Fault text_fault(std::string found, std::string expected) {
  return {FaultKind::kValue, "text", std::move(found), std::move(expected)};
}

// The octets of one character at the front.
std::size_t character_size(std::string_view octets, Alphabet alphabet) {
  const auto first = static_cast<unsigned char>(octets[0]);
  if (alphabet == Alphabet::kGsm) return first == 0x1B ? 2 : 1;
  if (alphabet == Alphabet::kUcs2) return first >= 0xD8 && first <= 0xDB ? 4 : 2;
  if (alphabet == Alphabet::kGbk) return first >= 0x81 ? 2 : 1;
  return 1;
}

// The octets of as many characters as have room.
std::size_t piece_size(std::string_view octets, const Capacity& capacity) {
  std::size_t size = 0;
  while (size < octets.size()) {
    const std::size_t next = size + character_size(octets.substr(size), capacity.alphabet);
    if (next > capacity.part) break;
    size = std::min(next, octets.size());
  }
  return size;
}

std::string header_of(std::uint8_t reference, std::size_t total, std::size_t number) {
  std::string header{5, 0, 3};
  for (const std::size_t octet : {std::size_t{reference}, total, number}) header += static_cast<char>(octet);
  return header;
}

Coded<Segments> cut(std::string_view octets, const Capacity& capacity, std::uint8_t reference) {
  Segments out{capacity.alphabet, {}, true};
  while (!octets.empty()) {
    const std::size_t size = piece_size(octets, capacity);
    ANLAN_ASSERT(size > 0);
    out.contents.emplace_back(octets.substr(0, size));
    octets.remove_prefix(size);
  }
  const std::size_t total = out.contents.size();
  if (total > kPartsLimit)
    return text_fault(std::to_string(total) + " parts", "at most " + std::to_string(kPartsLimit) + " parts");
  for (std::size_t i = 0; i < total; ++i) out.contents[i].insert(0, header_of(reference, total, i + 1));
  return out;
}

// One information element of a user data header: TS 23.040 §9.2.3.24.1 and §9.2.3.24.8.
std::optional<Part> part_in(std::uint8_t identifier, const std::string& data) {
  Part part;
  Reader in(data);
  std::uint8_t narrow = 0;
  if (identifier == 0x00 && data.size() == 3) {
    in.u8("reference", narrow);
    part.reference = narrow;
  } else if (identifier == 0x08 && data.size() == 4) {
    in.u16("reference", part.reference);
  } else {
    return std::nullopt;
  }
  in.u8("total", part.total);
  in.u8("number", part.number);
  return part.number > 0 && part.number <= part.total ? std::optional(part) : std::nullopt;
}

}  // namespace

Coded<Segments> segments(std::string_view utf8, std::span<const Capacity> capacities, std::uint8_t reference) {
  if (!is_utf8(utf8)) return text_fault("other bytes", "UTF-8");
  for (const Capacity& capacity : capacities) {
    const auto octets = encoded(utf8, capacity.alphabet);
    if (!octets) continue;
    if (octets->size() <= capacity.alone) return Segments{capacity.alphabet, {*octets}, false};
    if (capacity.part > 0) return cut(*octets, capacity, reference);
  }
  return text_fault("text of other characters", "characters of the protocol's alphabets");
}

Coded<UserData> user_data(std::string_view octets, bool header) {
  UserData out;
  Reader in(octets);
  std::string elements;
  if (header) in.counted("UDHL", elements, kPartsLimit);
  in.octets("user data", out.octets, in.left());
  if (const auto fault = in.finish("user data")) return *fault;
  Reader rest(elements);
  while (rest.left() > 0) {
    std::uint8_t identifier = 0;
    std::string data;
    rest.u8("IEI", identifier);
    rest.counted("IEIDL", data, kPartsLimit);
    if (const auto part = part_in(identifier, data)) out.part = part;
  }
  if (const auto fault = rest.finish("UDH")) return *fault;
  return out;
}

std::optional<std::string> Joining::take(std::string_view from, UserData data) {
  if (!data.part) return std::move(data.octets);
  const Part& part = *data.part;
  auto text = std::ranges::find_if(texts_, [&](const Text& t) {
    return t.from == from && t.reference == part.reference && t.parts.size() == part.total;
  });
  if (text == texts_.end()) {
    if (texts_.size() >= limit_ && !texts_.empty()) texts_.pop_front();
    texts_.push_back({std::string(from), part.reference, {}});
    text = std::prev(texts_.end());
    text->parts.resize(part.total);
  }
  text->parts[part.number - 1u] = std::move(data.octets);
  if (!std::ranges::all_of(text->parts, [](const auto& p) { return p.has_value(); })) return std::nullopt;
  std::string whole;
  for (const auto& each : text->parts) whole += *each;
  texts_.erase(text);
  return whole;
}

}  // namespace anlan::sms
