#include "codec/cmpp/report.h"

namespace anlan::cmpp {
namespace {

constexpr std::size_t kNumber20 = 21, kNumber30 = 32;
constexpr std::size_t kWithoutNumber = 8 + 7 + 10 + 10 + 4;

template <class Octets, class T>
void lay(Octets& o, T& t, std::size_t number) {
  o.u64("Msg_Id", t.msg_id);
  o.fixed("Stat", t.stat, 7);
  o.fixed("Submit_time", t.submit_time, 10);
  o.fixed("Done_time", t.done_time, 10);
  o.fixed("Dest_terminal_Id", t.dest_terminal_id, number);
  o.u32("SMSC_sequence", t.smsc_sequence);
}

unsigned bits(std::uint64_t value, int from, int count) {
  return static_cast<unsigned>(value >> from & ((std::uint64_t{1} << count) - 1));
}

}  // namespace

sms::Coded<Report> read_report(std::string_view msg_content) {
  sms::Reader in(msg_content);
  Report report;
  lay(in, report, msg_content.size() >= kWithoutNumber + kNumber30 ? kNumber30 : kNumber20);
  if (const auto fault = in.finish("status report")) return *fault;
  return report;
}

sms::Coded<std::string> write_report(const Report& report, std::uint8_t version) {
  // The length in front is that of a PDU, which a report is not.
  sms::Writer out;
  out.u32("", 0);
  lay(out, report, version >= kVersion30 ? kNumber30 : kNumber20);
  auto octets = std::move(out).finish();
  if (octets) octets->erase(0, 4);
  return octets;
}

MsgId msg_id_parts(std::uint64_t id) {
  return {bits(id, 60, 4),
          bits(id, 55, 5),
          bits(id, 50, 5),
          bits(id, 44, 6),
          bits(id, 38, 6),
          bits(id, 16, 22),
          static_cast<std::uint16_t>(bits(id, 0, 16))};
}

std::uint64_t msg_id(const MsgId& id) {
  std::uint64_t out = 0;
  const auto put = [&](std::uint64_t value, int count) { out = out << count | (value & ((1ull << count) - 1)); };
  put(id.month, 4);
  put(id.day, 5);
  put(id.hour, 5);
  put(id.minute, 6);
  put(id.second, 6);
  put(id.gateway, 22);
  put(id.sequence, 16);
  return out;
}

}  // namespace anlan::cmpp
