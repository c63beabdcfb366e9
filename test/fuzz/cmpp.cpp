// What a gateway, or whoever answers at its address, sends: see codec/cmpp/pdu.h and codec/sms/segments.h.

#include "base/text.h"
#include "codec/cmpp/report.h"
#include "codec/cmpp/text.h"
#include "hostile.h"

namespace {

using namespace anlan;

template <class T>
void require_text(const T& message) {
  const auto data = cmpp::user_data(message);
  if (!data) return;
  require(!data->part || (data->part->number > 0 && data->part->number <= data->part->total), "a part is one of all");
  require(is_utf8(sms::decoded(data->octets, cmpp::alphabet_of(message.msg_fmt))), "whatever came is text");
}

void require_report(const cmpp::Deliver& deliver) {
  const auto report = cmpp::read_report(deliver.msg_content);
  if (!report) return;
  const auto again = cmpp::write_report(*report, cmpp::kVersion30);
  require(again.ok() && cmpp::read_report(*again).value() == *report, "a report is read as it was written");
  require(cmpp::msg_id(cmpp::msg_id_parts(report->msg_id)) == report->msg_id, "an identifier is its parts");
}

void require_pdu(const std::string& octets, std::uint8_t version) {
  const auto pdu = cmpp::decode(octets, version);
  if (!pdu) return require(!pdu.error().field.empty() && !pdu.error().expected.empty(), "a fault names what is wrong");
  if (const auto* deliver = std::get_if<cmpp::Deliver>(&pdu->body)) {
    require_text(*deliver);
    require_report(*deliver);
  }
  if (const auto* submit = std::get_if<cmpp::Submit>(&pdu->body)) require_text(*submit);
  const auto* answer = std::get_if<cmpp::ConnectResp>(&pdu->body);
  const std::uint8_t form = answer && octets.size() > 30 ? cmpp::kVersion30 : version;
  const auto again = cmpp::encode(*pdu, form);
  require(again.ok(), "whatever was read can be written");
  require(cmpp::decode(*again, form).value() == *pdu, "and is read as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto frames = cmpp::frames();
  frames.feed(text_of(data, size));
  std::size_t cut = 0;
  while (true) {
    const auto next = frames.next();
    if (!next) return require(next.error().kind == sms::FaultKind::kLength, "only a length ends a stream"), 0;
    if (!*next) return require(cut <= size, "no more comes out than went in"), 0;
    const std::string& octets = **next;
    cut += octets.size();
    require(octets.size() >= cmpp::kHeaderOctets && octets.size() <= cmpp::kFrameLimit, "a frame is within its limits");
    require_pdu(octets, cmpp::kVersion20);
    require_pdu(octets, cmpp::kVersion30);
  }
}
