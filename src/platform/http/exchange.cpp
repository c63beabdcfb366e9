#include "platform/http/exchange.h"

#include <utility>

#include "base/result.h"
#include "platform/http/connection.h"
#include "platform/http/server.h"

namespace anlan::http {
namespace {

// The exchange whose handler runs on this thread just now.
thread_local const Exchange* t_running = nullptr;

}  // namespace

bool ConnectionAddress::post(std::function<void(Connection&)> task) const {
  return mailbox_->post([connection = connection_, task = std::move(task)] {
    if (const auto alive = connection.lock()) task(*alive);
  });
}

Exchange::~Exchange() {
  if (!answered_) address_.post([](Connection& c) { c.deliver_unanswered(); });
}

void Exchange::claim() { ANLAN_ASSERT(!answered_.exchange(true)); }

void Exchange::answer(Response response) {
  claim();
  if (t_running == this)
    immediate_ = std::move(response);
  else
    address_.post([r = std::make_shared<Response>(std::move(response))](Connection& c) { c.deliver(std::move(*r)); });
}

std::shared_ptr<EventStream> Exchange::open_stream(Headers headers) {
  claim();
  auto stream = std::make_shared<StreamEnd>(address_);
  const bool posted = address_.mailbox().post([address = address_, stream, headers = std::move(headers)] {
    if (const auto connection = address.lock())
      connection->begin_stream(stream, headers);
    else
      stream->finish();
  });
  if (!posted) stream->finish();
  return stream;
}

void Exchange::recognise(const std::string& who) {
  address_.post([who](Connection& c) { c.recognise(who); });
}

void Exchange::run(const std::function<void()>& handler) {
  struct Running {
    explicit Running(const Exchange* e) { t_running = e; }
    ~Running() { t_running = nullptr; }
  } running(this);
  handler();
}

void Reply::operator()(Response response) const { exchange_->answer(std::move(response)); }
std::shared_ptr<EventStream> Reply::stream(Headers headers) const { return exchange_->open_stream(std::move(headers)); }

void Reply::is_from(const std::string& who) const { exchange_->recognise(who); }

void StreamEnd::send(Frame frame) {
  address_.post([frame = std::move(frame)](Connection& c) { c.send(frame); });
}

void StreamEnd::subscribe(std::vector<std::string> channels) {
  address_.post([channels = std::move(channels)](Connection& c) { c.subscribe(channels); });
}

void StreamEnd::close() {
  address_.post([](Connection& c) { c.end_stream(); });
}

void StreamEnd::on_closed(std::function<void()> call) {
  const bool posted = address_.mailbox().post([self = shared_from_this(), call] {
    if (self->open_)
      self->closed_.push_back(call);
    else
      call();
  });
  if (!posted) call();
}

void StreamEnd::on_drained(std::function<void()> call) {
  address_.post([call = std::move(call)](Connection& c) { c.on_drained(call); });
}

void StreamEnd::finish() {
  open_ = false;
  for (const auto& call : std::exchange(closed_, {})) call();
}

}  // namespace anlan::http
