#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/http/certificate.h"
#include "platform/http/server_fixture.h"

namespace anlan::http {
namespace {

namespace fs = std::filesystem;

class HttpsServer : public ServerFixture {
 protected:
  HttpsServer() : folder_(fs::temp_directory_path() / ("anlan-tls-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    options.certificate_file = folder_ / "node.crt";
    options.key_file = folder_ / "node.key";
    write_identity();
  }
  ~HttpsServer() override { fs::remove_all(folder_); }

  // One request over TLS of at most `version`; the whole answer, empty when there was none.
  std::string exchange(const std::string& request, int version) const {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_max_proto_version(context.get(), version);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    SSL_set_fd(ssl.get(), socket);
    std::string answer;
    if (SSL_connect(ssl.get()) == 1 && SSL_write(ssl.get(), request.data(), static_cast<int>(request.size())) > 0) {
      char chunk[5000];
      for (int n; (n = SSL_read(ssl.get(), chunk, sizeof chunk)) > 0;)
        answer.append(chunk, static_cast<std::size_t>(n));
    }
    ::close(socket);
    return answer;
  }

 private:
  void write_identity() const {
    const auto made = make_certificate("node");
    std::ofstream(options.certificate_file) << made.certificate_pem;
    std::ofstream(options.key_file) << made.key_pem;
  }

 protected:
  const fs::path folder_;
};

TEST_F(HttpsServer, AnswersOverTls13WithBodiesOfEverySizeAndRefusesOlderVersions) {
  serve([](Request request, Reply reply) {
    reply({.body = std::string(std::stoul(std::string(*request.query.get("size"))), request.secure ? 's' : 'p')});
  });
  for (std::size_t size : {0UL, 1UL, 16'384UL, 5'000'000UL}) {
    const auto request = "GET /?size=" + std::to_string(size) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const auto answer = exchange(request, TLS1_3_VERSION);
    ASSERT_NE(answer.find("\r\n\r\n"), std::string::npos);
    EXPECT_TRUE(answer.substr(answer.find("\r\n\r\n") + 4) == std::string(size, 's')) << size;
    EXPECT_EQ(exchange(request, TLS1_2_VERSION), "");
  }
}

TEST_F(HttpsServer, SurvivesAClientThatSpeaksPlainText) {
  serve_echo();
  auto plain = client();
  EXPECT_FALSE(plain.get("/"));
  EXPECT_NE(exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", TLS1_3_VERSION), "");
}

TEST_F(HttpsServer, NamesTheFileThatIsNoCertificate) {
  options.certificate_file = "/nowhere.pem";
  Server other(options, handler);
  EXPECT_NE(other.listen("127.0.0.1", 0).error().what.find("/nowhere.pem"), std::string::npos);
}

class TwoThatKnowEachOther : public HttpsServer {
 protected:
  TwoThatKnowEachOther() {
    options.client_certificates = true;
    const auto made = make_certificate("child");
    own.certificate_file = folder_ / "child.crt";
    own.key_file = folder_ / "child.key";
    own.fingerprint = *fingerprint_of(read(options.certificate_file));
    std::ofstream(own.certificate_file) << made.certificate_pem;
    std::ofstream(own.key_file) << made.key_pem;
    serve([](Request request, Reply reply) { reply({.body = request.certificate + request.body}); });
  }
  static std::string read(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Result<Response> ask(const std::string& body = "") const {
    auto line = Client::over_tls("127.0.0.1", port, std::chrono::seconds(10), own);
    return line.ok() ? line->post("/", body) : line.error();
  }

  Pinned own;
};

TEST_F(TwoThatKnowEachOther, TheServerLearnsWhichCertificateTheClientHolds) {
  const auto expected = *fingerprint_of(read(own.certificate_file));
  EXPECT_EQ(expected.size(), 64u);
  const auto answer = ask();
  ASSERT_TRUE(answer.ok()) << answer.error().what;
  EXPECT_EQ(answer->body, expected);
  auto line = *Client::over_tls("127.0.0.1", port, std::chrono::seconds(10), own);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(line.post("/", "again")->body, expected + "again");
}

TEST_F(TwoThatKnowEachOther, WhoseCertificateIsKnownIsNoStranger) {
  options.max_strangers = 8;
  options.stranger_body = 3;
  options.stranger_time = std::chrono::milliseconds(300);
  handler.holder = [expected = *fingerprint_of(read(own.certificate_file))](const std::string& certificate) {
    return certificate == expected ? "child" : "";
  };
  serve_echo();
  auto line = *Client::over_tls("127.0.0.1", port, std::chrono::seconds(10), own);
  ASSERT_EQ(line.post("/", "long")->status, 200);
  const auto accepted = server->counts().accepted;
  std::this_thread::sleep_for(std::chrono::milliseconds(800));
  EXPECT_EQ(line.post("/", "long")->status, 200);
  EXPECT_EQ(server->counts().accepted, accepted) << "on the same connection";
  handler.holder = nullptr;
  EXPECT_EQ(ask("long")->status, 413);
}

TEST_F(TwoThatKnowEachOther, AnotherServerIsToldNothing) {
  own.fingerprint.front() = own.fingerprint.front() == '0' ? '1' : '0';
  EXPECT_FALSE(ask("secret").ok());
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(TwoThatKnowEachOther, AClientWithoutACertificateGetsNoAnswer) {
  EXPECT_EQ(exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", TLS1_3_VERSION), "");
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(TwoThatKnowEachOther, WhoWaitsForAnAnswerCanBeCalledAway) {
  auto line = *Client::over_tls("127.0.0.1", port, std::chrono::seconds(10), own);
  ASSERT_TRUE(line.post("/", "").ok());
  line.interrupt();
  EXPECT_FALSE(line.post("/", "").ok());
}

TEST(CertificateTest, TextThatIsNoneHasNoFingerprint) {
  EXPECT_EQ(fingerprint_of(""), std::nullopt);
  EXPECT_EQ(fingerprint_of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), std::nullopt);
  EXPECT_NE(fingerprint_of(make_certificate("a").certificate_pem),
            fingerprint_of(make_certificate("a").certificate_pem));
}

}  // namespace
}  // namespace anlan::http
