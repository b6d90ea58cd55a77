#pragma once

// For the .cc files of this folder only.
#include <openssl/ssl.h>

#include <memory>

#include "crypto/openssl.h"
#include "tls/channel.h"

namespace everseal::tls {

using Ssl = std::unique_ptr<SSL, crypto::FreeWith<SSL_free>>;
using SslContext = std::unique_ptr<SSL_CTX, crypto::FreeWith<SSL_CTX_free>>;

// The channel of a connection that is set up as a server's or a client's.
std::unique_ptr<Channel> make_channel(Ssl ssl);

// What every context of ours has in common.
SslContext make_context(const SSL_METHOD* method);

}  // namespace everseal::tls
