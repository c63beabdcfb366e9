#pragma once
// Texts that are longer than a message: cut into parts, and put together again.
//
// A part begins with a user data header (3GPP TS 23.040 §9.2.3.24): 05 00 03 reference total number, which the protocol
// announces in a field of its own (CMPP TP_udhi, SMPP esm_class 0x40).

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/sms/alphabet.h"
#include "codec/sms/fault.h"

namespace anlan::sms {

inline constexpr std::size_t kMessageOctets = 140;  // of user data: TS 23.040 §9.2.3.16
inline constexpr std::size_t kHeaderOctets = 6;
inline constexpr std::size_t kPartsLimit = 255;

// How many octets of text, as the protocol writes it, one message takes in an alphabet. A part of 0 means that a text
// which does not fit alone is not cut in this alphabet.
struct Capacity {
  Alphabet alphabet;
  std::size_t alone, part;
};

// 70 characters of UCS-2 alone, 67 in a part.
inline constexpr Capacity kUcs2Capacity{Alphabet::kUcs2, kMessageOctets, kMessageOctets - kHeaderOctets};

struct Segments {
  Alphabet alphabet = Alphabet::kUcs2;
  std::vector<std::string> contents;  // with the header in front of each where there are several
  bool header = false;
};

// In the first alphabet of the list that has all characters and takes them. A character is never cut: not a surrogate
// pair, not an escape and its septet. An empty text is one empty message. Faults (kValue) on the field "text": not
// UTF-8, in none of the alphabets, more than kPartsLimit parts.
Coded<Segments> segments(std::string_view utf8, std::span<const Capacity>, std::uint8_t reference);

// What the header of a part says.
struct Part {
  std::uint16_t reference = 0;
  std::uint8_t total = 0, number = 0;  // number from 1
  bool operator==(const Part&) const = default;
};

struct UserData {
  std::optional<Part> part;
  std::string octets;  // behind the header
};

// Takes the header off where there is one: references of one octet and of two (06 08 04) are known, other information
// elements are passed over, a part whose number is 0 or above its total counts as none (TS 23.040 §9.2.3.24.1). A
// header that is longer than the octets is a fault.
Coded<UserData> user_data(std::string_view octets, bool header);

// Waits for the parts of texts that come in. Not thread safe. At most `limit` texts wait; the one that waits longest is
// given up for a new one.
class Joining {
 public:
  explicit Joining(std::size_t limit) : limit_(limit) {}

  // The octets of the whole text once its last part is here, at once where it has only one. `from`: whatever tells
  // senders apart. A part that comes twice counts once.
  std::optional<std::string> take(std::string_view from, UserData);
  std::size_t waiting() const { return texts_.size(); }

 private:
  struct Text {
    std::string from;
    std::uint16_t reference;
    std::vector<std::optional<std::string>> parts;
  };
  std::size_t limit_;
  std::deque<Text> texts_;
};

}  // namespace anlan::sms
