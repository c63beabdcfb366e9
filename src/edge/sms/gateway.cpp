#include "edge/sms/gateway.h"

#include "edge/sms/session.h"
#include "outbox/serving.h"

namespace anlan::edge {
namespace {

constexpr Milliseconds kConnecting{5'000}, kSoon{5}, kIdle{50}, kLeaving{5'000};

}  // namespace

SmsGateway::SmsGateway(SmsChannel channel, outbox::Outbox& outbox, const Clock& clock, outbox::Failed failed)
    : channel_(std::move(channel)),
      outbox_(outbox),
      clock_(clock),
      line_({channel_.name, false, channel_.backoff}, channel_.world, outbox, clock,
            {channel_.reconnect_first, channel_.reconnect_most}, std::move(failed), {[this] { serve(); }}) {}

void SmsGateway::serve() {
  const auto tcp = net::Tcp::connect(channel_.address, channel_.port, kConnecting);
  if (!tcp.ok()) return line_.note(false, tcp.error().what);
  converse(**tcp);
}

void SmsGateway::converse(net::Tcp& tcp) {
  SmsSession session(channel_, outbox_, clock_.now());
  std::string why;
  Instant leave_by = Instant::max();
  while (!session.over() && clock_.now() < leave_by) {
    if (leave_by == Instant::max() && line_.ending()) {
      session.leave(clock_.now());
      leave_by = clock_.now() + kLeaving;
    }
    const std::string bytes = session.work(clock_.now());
    if (const auto written = tcp.write(bytes); !written.ok()) {
      why = written.error().what;
      break;
    }
    const auto read = tcp.read(session.busy() ? kSoon : kIdle);
    if (!read.ok()) {
      why = read.error().what;
      break;
    }
    if (!read->empty()) session.hear(*read, clock_.now());
    if (!session.welcome())
      line_.lack();
    else if (session.mute(clock_.now()))
      line_.note(false, "no answer");
    else
      line_.note(true, {});
  }
  // What it still has to say, to a goodbye perhaps; nobody depends on it.
  (void)tcp.write(session.work(clock_.now()));
  line_.note(false, session.over() ? session.why() : why);
  session.end(clock_.now());
}

std::optional<outbox::Fault> fault_of(const SmsChannel& channel) {
  const outbox::Terms terms{.channel = {channel.name, false, channel.backoff}, .rate = channel.rate};
  if (auto fault = outbox::fault_of(terms)) return fault;
  if (channel.address.empty()) return outbox::Fault{"address", "missing"};
  if (channel.window == 0) return outbox::Fault{"window", "range", "0"};
  if (auto fault = fault_of_form(channel)) return outbox::Fault{fault->field, "form", fault->found};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const SmsChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<SmsGateway>(channel, outbox, clock, std::move(failed));
}

}  // namespace anlan::edge
