#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

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
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* out = std::fopen(options.certificate_file.c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen(options.key_file.c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

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

}  // namespace
}  // namespace anlan::http
