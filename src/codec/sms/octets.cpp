#include "codec/sms/octets.h"

#include <algorithm>

namespace anlan::sms {
namespace {

std::string span_of(Range range) { return std::to_string(range.least) + " to " + std::to_string(range.most); }

Fault size_fault(std::string_view name, std::size_t size, std::string expected) {
  return {FaultKind::kStructure, std::string(name), std::to_string(size) + " octets", std::move(expected)};
}

Fault count_fault(std::string_view name, std::size_t value, Range range) {
  return {FaultKind::kValue, std::string(name), std::to_string(value), span_of(range)};
}

Fault long_fault(std::string_view name, std::size_t size, std::size_t most) {
  return {FaultKind::kValue, std::string(name), std::to_string(size) + " octets",
          "at most " + std::to_string(most) + " octets"};
}

}  // namespace

Fault command_fault(std::string_view name, std::uint32_t command) {
  std::string hex = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) hex += "0123456789ABCDEF"[command >> shift & 0xF];
  return {FaultKind::kCommand, std::string(name), std::move(hex), "a command that is spoken here"};
}

// The first fault is the cause. After it every field reads as empty, so that who reads need ask only at the end.
void Reader::fail(Fault fault) {
  if (!fault_) fault_ = std::move(fault);
  rest_ = {};
}

std::string_view Reader::taken(std::string_view name, std::size_t size) {
  if (rest_.size() < size) fail(size_fault(name, rest_.size(), std::to_string(size) + " octets"));
  const std::string_view found = rest_.substr(0, good() ? size : 0);
  rest_.remove_prefix(found.size());
  return found;
}

std::uint64_t Reader::number(std::string_view name, std::size_t size) {
  std::uint64_t value = 0;
  for (const char c : taken(name, size)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::size_t Reader::in_range(std::string_view name, std::size_t value, Range range) {
  if (good() && (value < range.least || value > range.most)) fail(count_fault(name, value, range));
  return good() ? value : 0;
}

void Reader::octets(std::string_view name, std::string& out, std::size_t size) { out = taken(name, size); }

// Senders leave what they like behind the NUL.
void Reader::fixed(std::string_view name, std::string& out, std::size_t size) {
  const std::string_view field = taken(name, size);
  out = field.substr(0, field.find('\0'));
}

// The NUL counts among `most`.
void Reader::terminated(std::string_view name, std::string& out, std::size_t most) {
  const std::size_t end = rest_.substr(0, most).find('\0');
  if (end == rest_.npos)
    return fail({FaultKind::kStructure, std::string(name),
                 "without a NUL in " + std::to_string(rest_.size()) + " octets",
                 "a NUL within " + std::to_string(most) + " octets"});
  out = taken(name, end);
  taken(name, 1);
}

void Reader::counted(std::string_view name, std::string& out, std::size_t most) {
  const std::size_t size = number(name, 1);
  if (size > most) fail(long_fault(name, size, most));
  out = taken(name, good() ? size : 0);
}

std::optional<Fault> Reader::finish(std::string_view pdu) {
  if (left() > 0) fail(size_fault(pdu, left(), "no octets behind its last field"));
  return fault_;
}

void Writer::fail(Fault fault) {
  if (!fault_) fault_ = std::move(fault);
}

void Writer::number(std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i-- > 0;) out_ += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::size_t Writer::in_range(std::string_view name, std::size_t value, Range range) {
  if (value < range.least || value > range.most) fail(count_fault(name, value, range));
  return value;
}

void Writer::octets(std::string_view name, const std::string& value, std::size_t size) {
  if (value.size() != size) fail(size_fault(name, value.size(), std::to_string(size) + " octets"));
  out_ += value;
}

void Writer::text(std::string_view name, const std::string& text, std::size_t most) {
  if (text.size() > most) fail(long_fault(name, text.size(), most));
  if (text.find('\0') != text.npos) fail({FaultKind::kValue, std::string(name), "text with a NUL", "text without"});
  out_ += text;
}

void Writer::fixed(std::string_view name, const std::string& value, std::size_t size) {
  text(name, value, size);
  out_.append(size - std::min(size, value.size()), '\0');
}

void Writer::terminated(std::string_view name, const std::string& value, std::size_t most) {
  text(name, value, most - 1);
  out_ += '\0';
}

void Writer::counted(std::string_view name, const std::string& value, std::size_t most) {
  if (value.size() > most) return fail(long_fault(name, value.size(), most));
  number(value.size(), 1);
  out_ += value;
}

Coded<std::string> Writer::finish() && {
  if (fault_) return *fault_;
  const std::size_t size = out_.size();
  for (std::size_t i = 0; i < 4; ++i) out_[i] = static_cast<char>(size >> (8 * (3 - i)) & 0xFF);
  return std::move(out_);
}

}  // namespace anlan::sms
