#pragma once

namespace everseal::lambda::sandbox {

// The first argument that makes a program the first process of a sandbox.
inline constexpr const char* first_process_argument = "function-sandbox";

// What runs within a new sandbox before anything of a function does. The number of the control
// socket is the argument; over it come the orders, and go the sockets that listen within, which the
// server then answers from outside: the sandbox has no network but these. Then it limits itself,
// and becomes the function's runtime. Returns, with an exit status, only if something failed; it
// says what on the control socket.
int run_first_process(int argc, char** argv);

}  // namespace everseal::lambda::sandbox
