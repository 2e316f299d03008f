r"""Drives a headless Chromium by its debugging pipe. Reads one step a line from stdin, prints one line for each, and at
the end one line for each request, console message and exception.

  load URL         navigates; prints the milliseconds until the page was drawn
  eval JAVASCRIPT  prints the value, of a promise when it is there; line feeds as \n
  click SELECTOR   clicks in the middle of an element with the mouse
  key KEY          presses a key: a character, or Enter, Escape, ArrowDown, Tab
  type TEXT        types text
  size W H         sets the size of the window
  scheme NAME      prefers light or dark
  shot FILE        saves a picture
"""
import base64, json, os, subprocess, sys, time

to_browser_read, to_browser = os.pipe()
from_browser, from_browser_write = os.pipe()


def pass_pipes():
    # In two steps, as one of them may have the number of the other's place.
    reading, writing = os.dup2(to_browser_read, 103), os.dup2(from_browser_write, 104)
    os.dup2(reading, 3)
    os.dup2(writing, 4)


browser = subprocess.Popen(
    ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-zygote",
     "--disable-background-networking", "--disable-component-update", "--no-first-run", "--hide-scrollbars",
     "--remote-debugging-pipe"],
    preexec_fn=pass_pipes, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL)
os.close(to_browser_read)
os.close(from_browser_write)

pending, counter, session, requests, messages, events = b"", 0, None, [], [], []


def receive():
    global pending
    while b"\0" not in pending:
        chunk = os.read(from_browser, 1 << 20)
        if not chunk:
            sys.exit("the browser ended")
        pending += chunk
    message, pending = pending.split(b"\0", 1)
    message = json.loads(message)
    method, params = message.get("method"), message.get("params", {})
    if method == "Network.requestWillBeSent":
        requests.append(params["request"]["url"])
    elif method == "Runtime.consoleAPICalled":
        messages.append(params["type"] + " " + str([a.get("value") for a in params["args"]]))
    elif method == "Runtime.exceptionThrown":
        messages.append("exception " + json.dumps(params["exceptionDetails"]))
    elif method == "Log.entryAdded":
        messages.append("log " + params["entry"]["text"])
    elif method == "Page.javascriptDialogOpening":
        messages.append("dialog " + params["message"])
    if method:
        events.append(method)
    return message


def call(method, **params):
    global counter
    counter += 1
    number = counter
    message = {"id": number, "method": method, "params": params}
    if session:
        message["sessionId"] = session
    os.write(to_browser, json.dumps(message).encode() + b"\0")
    while True:
        answer = receive()
        if answer.get("id") == number:
            if "error" in answer:
                sys.exit(method + ": " + json.dumps(answer["error"]))
            return answer["result"]


def evaluate(source):
    answer = call("Runtime.evaluate", expression=source, awaitPromise=True, returnByValue=True, userGesture=True)
    if "exceptionDetails" in answer:
        sys.exit(source + ": " + json.dumps(answer["exceptionDetails"]))
    return answer["result"].get("value")


def press(key):
    codes = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}
    text = "\r" if key == "Enter" else key if key not in codes else None
    extra = {"text": text} if text else {}
    code = codes.get(key, ord(key[0].upper()))
    call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **extra)
    call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)


def step(verb, rest):
    if verb == "load":
        del events[:]
        begin = time.time()
        call("Page.navigate", url=rest)
        while "Page.loadEventFired" not in events:
            receive()
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return round((time.time() - begin) * 1000)
    if verb == "eval":
        return evaluate(rest)
    if verb == "click":
        x, y = evaluate("(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});"
                        " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
                        % json.dumps(rest))
        for kind in ("mousePressed", "mouseReleased"):
            call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    elif verb == "key":
        press(rest)
    elif verb == "type":
        call("Input.insertText", text=rest)
    elif verb == "size":
        width, height = map(int, rest.split())
        call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
    elif verb == "scheme":
        call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": rest}])
    elif verb == "shot":
        with open(rest, "wb") as file:
            file.write(base64.b64decode(call("Page.captureScreenshot", format="png")["data"]))
    else:
        sys.exit("no step " + verb)
    return "done"


target = call("Target.createTarget", url="about:blank")["targetId"]
attached = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
session = attached
for domain in ("Page", "Runtime", "Log", "Network"):
    call(domain + ".enable")
call("Emulation.setFocusEmulationEnabled", enabled=True)
for line in sys.stdin.read().splitlines():
    value = step(*line.split(" ", 1))
    print(value.replace("\n", "\\n") if isinstance(value, str) else json.dumps(value), flush=True)
# What is under way gets a moment to be seen.
evaluate("new Promise(done => setTimeout(done, 200))")
for kind, lines in (("request", requests), ("console", messages)):
    for line in lines:
        print(kind + ": " + line.replace("\n", " "))
browser.kill()
