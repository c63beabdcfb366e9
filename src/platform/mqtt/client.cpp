#include "platform/mqtt/client.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <poll.h>
#include <sys/socket.h>

#include <mutex>

namespace anlan::mqtt {
namespace {

constexpr int kSubscriptionRefused = 0x80;

Failure failure(int code) {
  return {code == MOSQ_ERR_ERRNO ? std::generic_category().message(errno) : mosquitto_strerror(code)};
}

mosquitto* made(const std::string& client_id, void* self) {
  static std::once_flag begun;
  std::call_once(begun, [] { mosquitto_lib_init(); });
  return mosquitto_new(client_id.empty() ? nullptr : client_id.c_str(), true, self);
}

const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// TLS 1.2 or later; the certificate's name is checked by the library.
int encrypt(mosquitto* client, const Settings& settings) {
  if (settings.ca_file.empty()) return mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
  return mosquitto_tls_set(client, settings.ca_file.c_str(), nullptr, or_null(settings.certificate_file),
                           or_null(settings.key_file), nullptr);
}

// A connection that is gone, or was never made: under TLS the library would wait on.
std::optional<Failure> gone_by(const pollfd& polled) {
  if ((polled.revents & (POLLERR | POLLHUP)) == 0) return std::nullopt;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(polled.fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return Failure{error != 0 ? std::generic_category().message(error) : "no connection"};
}

}  // namespace

// On the thread that is in work().
struct Callbacks {
  static Client& client(void* self) { return *static_cast<Client*>(self); }

  static void connected(mosquitto*, void* self, int code, int, const mosquitto_property*) {
    if (code == 0) {
      client(self).welcome_ = true;
    } else {
      client(self).why_ = std::string("the broker refuses: ") +
                          (code < 0x80 ? mosquitto_connack_string(code) : mosquitto_reason_string(code));
    }
  }
  static void subscribed(mosquitto*, void* self, int, int count, const int* granted) {
    if (count == 1 && granted[0] < kSubscriptionRefused) {
      client(self).subscribed_ = true;
    } else {
      client(self).why_ = "the broker refuses the subscription";
    }
  }
  static void published(mosquitto*, void* self, int number, int reason, const mosquitto_property*) {
    auto& list = reason >= 0x80 ? client(self).refused_ : client(self).acknowledged_;
    list.push_back(number);
  }
  // What was retained is old: no answer to anything of now.
  static void heard(mosquitto*, void* self, const mosquitto_message* message) {
    if (message->retain) return;
    client(self).heard_.push_back(
        {message->topic, {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)}});
  }
};

Client::Client(const Settings& settings) : client_(made(settings.client_id, this), mosquitto_destroy) {
  ANLAN_ASSERT(client_ != nullptr);
  mosquitto_connect_v5_callback_set(client_.get(), &Callbacks::connected);
  mosquitto_subscribe_callback_set(client_.get(), &Callbacks::subscribed);
  mosquitto_publish_v5_callback_set(client_.get(), &Callbacks::published);
  mosquitto_message_callback_set(client_.get(), &Callbacks::heard);
}

Client::~Client() {
  mosquitto_disconnect(client_.get());
  mosquitto_loop_write(client_.get(), 1);
}

Result<Done> Client::begin(const Settings& settings) {
  mosquitto* client = client_.get();
  mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, settings.version5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  int code = MOSQ_ERR_SUCCESS;
  if (!settings.account.empty())
    code = mosquitto_username_pw_set(client, settings.account.c_str(), or_null(settings.secret));
  if (code == MOSQ_ERR_SUCCESS && settings.tls) code = encrypt(client, settings);
  const auto keep_alive = std::chrono::ceil<std::chrono::seconds>(settings.keep_alive).count();
  if (code == MOSQ_ERR_SUCCESS)
    code = mosquitto_connect_async(client, settings.address.c_str(), settings.port, static_cast<int>(keep_alive));
  if (code != MOSQ_ERR_SUCCESS) return failure(code);
  return Done{};
}

Result<std::unique_ptr<Client>> Client::connect(const Settings& settings, const std::string& subscription,
                                                Milliseconds patience) {
  std::unique_ptr<Client> client(new Client(settings));
  if (const auto begun = client->begin(settings); !begun.ok()) return begun.error();
  if (auto come = client->work_until([&] { return client->welcome_; }, patience); !come.ok()) return come.error();
  if (subscription.empty()) return client;
  if (const int code = mosquitto_subscribe(client->client_.get(), nullptr, subscription.c_str(), 1);
      code != MOSQ_ERR_SUCCESS)
    return failure(code);
  if (auto come = client->work_until([&] { return client->subscribed_; }, patience); !come.ok()) return come.error();
  return client;
}

Result<Done> Client::work_until(const std::function<bool()>& true_now, Milliseconds patience) {
  constexpr Milliseconds kStep{10};
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!true_now()) {
    if (std::chrono::steady_clock::now() >= end) return Failure{"the broker does not answer"};
    if (const auto worked = work(kStep); !worked.ok()) return worked;
  }
  return Done{};
}

Result<int> Client::publish(const std::string& topic, const std::string& text) {
  int number = 0;
  const int code =
      mosquitto_publish(client_.get(), &number, topic.c_str(), static_cast<int>(text.size()), text.data(), 1, false);
  if (code != MOSQ_ERR_SUCCESS) return failure(code);
  return number;
}

// By poll(), since the library's own loop knows no descriptor above 1023. What TLS has already read it takes by itself.
Result<Done> Client::work(Milliseconds longest) {
  mosquitto* client = client_.get();
  const auto events = static_cast<short>(POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0));
  pollfd one{mosquitto_socket(client), events, 0};
  if (one.fd < 0) return Failure{why_.empty() ? "no connection" : why_};
  if (::poll(&one, 1, static_cast<int>(longest.count())) < 0 && errno != EINTR) return failure(MOSQ_ERR_ERRNO);
  const auto gone = gone_by(one);
  int code = MOSQ_ERR_SUCCESS;
  if ((one.revents & POLLIN) != 0) code = mosquitto_loop_read(client, 1);
  if (code == MOSQ_ERR_SUCCESS && (one.revents & POLLOUT) != 0) code = mosquitto_loop_write(client, 1);
  if (code == MOSQ_ERR_SUCCESS) code = mosquitto_loop_misc(client);
  if (!why_.empty()) return Failure{why_};
  if (gone) return *gone;
  if (code != MOSQ_ERR_SUCCESS) return failure(code);
  return Done{};
}

}  // namespace anlan::mqtt
