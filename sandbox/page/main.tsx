import { createRoot } from "react-dom/client";
import "slack-blocks-to-jsx/dist/style.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/people.css";
import "./styles/messages.css";
import "./styles/library.css";
import "./styles/forms.css";
import "./styles/composer.css";
import "./styles/panels.css";
import "./styles/narrow.css";
import { App } from "./app";

const place = document.getElementById("page");
if (place) createRoot(place).render(<App />);
