#pragma once

#include "console/files.h"
#include "http/message.h"

namespace everseal::console {

// What a browser gets at /console and below: the files, compressed if it takes that, and nothing
// else. Every answer, a refusal as well, carries the policy that keeps the page to its own origin.
// 304: the browser has it. 308: to /console/. 404: there is no such file, or no console in this
// build. 405: neither GET nor HEAD. Paths are compared as they were sent, so no spelling of ".."
// leads anywhere.
http::Response answer(const http::RequestHead& head, Files files);

}  // namespace everseal::console
