#pragma once
// The fields of a PDU, most significant octet first, read or written in their order.
//
// Reader and Writer have the same members, so that one description of a PDU serves both ways. Each keeps its first
// fault and does nothing more after it: what a Reader then hands out is empty or zero. `name` is the field's in its
// document.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/sms/fault.h"

namespace anlan::sms {

// How many times a field may stand, or how long it may be.
struct Range {
  std::size_t least = 0, most = 0;
};

// Of a command that is not spoken (kCommand).
Fault command_fault(std::string_view name, std::uint32_t command);

// Looks at the bytes, which must outlive it.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  void u8(std::string_view name, std::uint8_t& out) { out = static_cast<std::uint8_t>(number(name, 1)); }
  void u16(std::string_view name, std::uint16_t& out) { out = static_cast<std::uint16_t>(number(name, 2)); }
  void u32(std::string_view name, std::uint32_t& out) { out = static_cast<std::uint32_t>(number(name, 4)); }
  void u64(std::string_view name, std::uint64_t& out) { out = number(name, 8); }
  // Exactly `size` octets as they are.
  void octets(std::string_view name, std::string& out, std::size_t size);
  // Text in `size` octets, which ends before the first NUL; what some peers leave behind that is dropped.
  void fixed(std::string_view name, std::string& out, std::size_t size);
  // Text and a NUL, at most `most` octets together.
  void terminated(std::string_view name, std::string& out, std::size_t most);
  // One octet that says how many octets follow, and these.
  void counted(std::string_view name, std::string& out, std::size_t most);
  // One octet that says how many items follow; makes room for them.
  template <class T>
  void count(std::string_view name, std::vector<T>& items, Range range) {
    items.resize(in_range(name, number(name, 1), range));
  }
  // Keeps the fault unless there is one.
  void fail(Fault);

  std::size_t left() const { return rest_.size(); }
  bool good() const { return !fault_; }
  // Whatever is left is a fault, since no field accounts for it.
  std::optional<Fault> finish(std::string_view pdu);

 private:
  std::uint64_t number(std::string_view name, std::size_t size);
  std::string_view taken(std::string_view name, std::size_t size);
  std::size_t in_range(std::string_view name, std::size_t value, Range);

  std::string_view rest_;
  std::optional<Fault> fault_;
};

// The counterpart. Text that does not fit, or holds a NUL where a NUL ends it, is a fault and never cut.
class Writer {
 public:
  void u8(std::string_view, std::uint8_t value) { number(value, 1); }
  void u16(std::string_view, std::uint16_t value) { number(value, 2); }
  void u32(std::string_view, std::uint32_t value) { number(value, 4); }
  void u64(std::string_view, std::uint64_t value) { number(value, 8); }
  void octets(std::string_view name, const std::string& value, std::size_t size);
  // Filled up with NULs.
  void fixed(std::string_view name, const std::string& text, std::size_t size);
  void terminated(std::string_view name, const std::string& text, std::size_t most);
  void counted(std::string_view name, const std::string& value, std::size_t most);
  template <class T>
  void count(std::string_view name, const std::vector<T>& items, Range range) {
    number(in_range(name, items.size(), range), 1);
  }
  void fail(Fault);

  bool good() const { return !fault_; }
  // What was written, its own size put into the first four octets.
  Coded<std::string> finish() &&;

 private:
  void number(std::uint64_t value, std::size_t size);
  void text(std::string_view name, const std::string& text, std::size_t most);
  std::size_t in_range(std::string_view name, std::size_t value, Range);

  std::string out_;
  std::optional<Fault> fault_;
};

}  // namespace anlan::sms
